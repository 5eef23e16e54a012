// Sound files: which of them the service reads, and how samples become one.

const READ = [
  [0, 'RIFF', 8, 'WAVE'],
  [0, 'FORM', 8, 'AIF'],
  [0, '.snd', 0, '.snd'],
  [0, 'fLaC', 0, 'fLaC'],
];

/** Whether the service reads a file by itself: WAV, AIFF, AU or FLAC, by its first bytes. */
export async function isRead(file) {
  const start = String.fromCharCode(...new Uint8Array(await file.slice(0, 12).arrayBuffer()));
  return READ.some(([a, first, b, second]) => start.startsWith(first, a) && start.startsWith(second, b));
}

/** Samples in [-1, 1] as whole numbers of 16 bits. */
export function pcm16(samples) {
  const whole = new Int16Array(samples.length);
  for (let i = 0; i < samples.length; i++) { // many times faster than Int16Array.from
    whole[i] = Math.round(Math.max(-1, Math.min(1, samples[i])) * 32767);
  }
  return whole;
}

/** A WAV file of one channel, 16 bits. */
export function wav(samples, rate) {
  const header = new DataView(new ArrayBuffer(44));
  const word = (at, text) => [...text].forEach((c, i) => header.setUint8(at + i, c.charCodeAt(0)));
  word(0, 'RIFF');
  header.setUint32(4, 36 + 2 * samples.length, true);
  word(8, 'WAVEfmt ');
  header.setUint32(16, 16, true);
  header.setUint16(20, 1, true); // PCM
  header.setUint16(22, 1, true); // channels
  header.setUint32(24, rate, true);
  header.setUint32(28, 2 * rate, true);
  header.setUint16(32, 2, true);
  header.setUint16(34, 16, true);
  word(36, 'data');
  header.setUint32(40, 2 * samples.length, true);
  return new Blob([header, pcm16(samples)], {type: 'audio/wav'});
}
