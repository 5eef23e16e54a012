// A recording as the page has it: {blob, name, samples, rate, url, note}. `samples` is null where this browser cannot
// decode the file; then it is sent all the same, but neither drawn nor played.

import {isRead, wav} from './wav.js';

const RATE = 16000; // Hz of what this browser decodes

/** From a file of any format. */
export async function ofFile(file) {
  const read = await isRead(file);
  const samples = await decoded(file);
  if (!read && samples) {
    const note = 'The service does not read this format, so your browser has decoded it; a WAV file of 16 kHz is sent.';
    return sound(wav(samples, RATE), file.name, samples, RATE, note);
  }
  const note = samples ? '' : 'Your browser cannot play this file. It is sent as it is.';
  return sound(file, file.name, samples, RATE, note);
}

/** From recorded samples. */
export function ofSamples(samples, rate) {
  return sound(wav(samples, rate), 'your recording', samples, rate, '');
}

function sound(blob, name, samples, rate, note) {
  return {blob, name, samples, rate, note, url: samples ? URL.createObjectURL(blob) : null};
}

/** The mean of all channels, or null where the browser cannot decode the file. */
async function decoded(file) {
  try {
    const buffer = await new OfflineAudioContext(1, 1, RATE).decodeAudioData(await file.arrayBuffer());
    const mean = new Float32Array(buffer.length);
    for (let channel = 0; channel < buffer.numberOfChannels; channel++) {
      buffer.getChannelData(channel).forEach((x, i) => { mean[i] += x / buffer.numberOfChannels; });
    }
    return mean;
  } catch {
    return null;
  }
}

/** The smallest and largest sample of each of so many equal parts. */
export function envelope(samples, parts) {
  return Array.from({length: parts}, (_, part) => {
    let low = 0;
    let high = 0;
    const end = Math.floor(((part + 1) * samples.length) / parts);
    for (let i = Math.floor((part * samples.length) / parts); i < end; i++) {
      low = Math.min(low, samples[i]);
      high = Math.max(high, samples[i]);
    }
    return [low, high];
  });
}
