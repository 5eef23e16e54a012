// The microphone: blocks of samples as they come, without the changes that browsers make for telephony.

/** Why it cannot be used, in words; null where it can. */
export function obstacle() {
  return navigator.mediaDevices?.getUserMedia
    ? null
    : 'browsers give the microphone only to pages of this machine or over HTTPS; choose a file instead';
}

/** Listens until `stop` is called. `onBlock` gets Float32Arrays. */
export async function listen(onBlock) {
  const plain = {echoCancellation: false, noiseSuppression: false, autoGainControl: false, channelCount: 1};
  let media;
  try {
    media = await navigator.mediaDevices.getUserMedia({audio: plain});
  } catch (e) {
    throw new Error(e.name === 'NotAllowedError'
      ? 'the browser was not allowed to listen; allow the microphone for this page, or choose a file'
      : 'there is no microphone; plug one in, or choose a file');
  }
  const context = new AudioContext();
  try {
    await context.audioWorklet.addModule(new URL('pcm.js', import.meta.url));
  } catch {
    media.getTracks().forEach(track => track.stop());
    await context.close();
    throw new Error('the service cannot be reached, so a part of this page is missing; is it running?');
  }
  const source = context.createMediaStreamSource(media);
  const collector = new AudioWorkletNode(context, 'pcm');
  collector.port.onmessage = event => onBlock(event.data);
  source.connect(collector).connect(context.destination); // which it gives silence
  await context.resume();
  return {
    rate: context.sampleRate,
    async stop() {
      media.getTracks().forEach(track => track.stop());
      if (context.state !== 'closed') {
        await context.close();
      }
    },
  };
}

/** The level of a block [dB of full scale], from -60 to 0. */
export function level(block) {
  const power = block.reduce((sum, x) => sum + x * x, 0) / Math.max(1, block.length);
  return Math.max(-60, Math.min(0, 10 * Math.log10(power + 1e-12)));
}

/** Blocks put together. */
export function joined(blocks) {
  const all = new Float32Array(blocks.reduce((sum, block) => sum + block.length, 0));
  let at = 0;
  for (const block of blocks) {
    all.set(block, at);
    at += block.length;
  }
  return all;
}
