// A recording as the page has it: {blob, name, note, url, seconds, envelope}. `envelope` is null where this browser cannot
// decode the file; then it is sent all the same, but neither drawn nor played. What runs over all samples does so in slices,
// so that the page answers meanwhile, however long a recording is.

import {isRead, wav} from './wav.js';

const RATE = 16000; // Hz of what this browser decodes

/** How many columns a waveform has. */
export const COLUMNS = 600;

const SLICE = 1 << 22; // samples, some ten milliseconds

/** From a file of any format. */
export async function ofFile(file) {
  const read = await isRead(file);
  const samples = await decoded(file);
  if (!read && samples) {
    const note = 'The service does not read this format, so your browser has decoded it; a WAV file of 16 kHz is sent.';
    return sound(wav(samples, RATE), file.name, samples, RATE, note);
  }
  if (!read) {
    const note = 'Your browser cannot read this format, and the service does not either: convert it to WAV or FLAC.';
    return sound(file, file.name, null, RATE, note);
  }
  const note = samples ? '' : 'Your browser cannot play this file. It is sent as it is.';
  return sound(file, file.name, samples, RATE, note);
}

/** From recorded samples. */
export function ofSamples(samples, rate) {
  return sound(wav(samples, rate), 'your recording', samples, rate, '');
}

async function sound(blob, name, samples, rate, note) {
  return samples
    ? {blob, name, note, url: URL.createObjectURL(blob), seconds: samples.length / rate, envelope: await envelope(samples, COLUMNS)}
    : {blob, name, note, url: null, seconds: 0, envelope: null};
}

/** The mean of all channels, or null where the browser cannot decode the file. */
async function decoded(file) {
  let buffer;
  try {
    buffer = await new OfflineAudioContext(1, 1, RATE).decodeAudioData(await file.arrayBuffer());
  } catch {
    return null;
  }
  const channels = buffer.numberOfChannels; // once: to ask for each sample would take ten times as long
  if (channels === 1) {
    return buffer.getChannelData(0);
  }
  const mean = new Float32Array(buffer.length);
  for (let channel = 0; channel < channels; channel++) {
    const its = buffer.getChannelData(channel);
    await inSlices(mean.length, (from, to) => {
      for (let i = from; i < to; i++) {
        mean[i] += its[i] / channels;
      }
    });
  }
  return mean;
}

/** The smallest and largest sample of each of so many equal parts. */
export async function envelope(samples, parts) {
  const all = Array.from({length: parts}, () => [0, 0]);
  await inSlices(samples.length, (from, to) => {
    for (let i = from; i < to;) {
      const part = Math.min(parts - 1, Math.floor((i * parts) / samples.length));
      const end = Math.min(to, Math.max(i + 1, Math.floor(((part + 1) * samples.length) / parts)));
      let [low, high] = all[part];
      for (; i < end; i++) {
        const x = samples[i];
        low = x < low ? x : low;
        high = x > high ? x : high;
      }
      all[part] = [low, high];
    }
  });
  return all;
}

/** Does something with the numbers from 0 to a count, a slice at a time; in between the page does what is due. */
async function inSlices(count, step) {
  for (let from = 0; from < count; from += SLICE) {
    step(from, Math.min(count, from + SLICE));
    await new Promise(resolve => { setTimeout(resolve); });
  }
}
