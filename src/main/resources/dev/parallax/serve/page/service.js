// What the service is asked. A token, where it wants one, lives in this module alone and is gone with the page.

let token = null;

/** What the service refuses: `detail` says what is wrong, where, and how to mend it. */
export class Problem extends Error {
  constructor(status, detail) {
    super(detail);
    this.status = status;
  }
}

export function useToken(secret) {
  token = secret;
}

async function ask(path, options = {}) {
  const headers = token ? {Authorization: `Bearer ${token}`} : {};
  let response;
  try {
    response = await fetch(path, {...options, headers, cache: 'no-store', referrerPolicy: 'no-referrer'});
  } catch {
    throw new Problem(0, 'the service cannot be reached, or broke off; is it running, and is the recording not too long for it?');
  }
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) {
    throw new Problem(response.status, answer.detail ?? `the service answers ${response.status}`);
  }
  return answer;
}

export const models = async () => (await ask('v1/models')).models;

export const model = name => ask(`v1/models/${encodeURIComponent(name)}`);

/** The answer to a recording, a text or both; or to a transcript, with or without its recording. */
export function predict(name, {sound, text, transcript}) {
  const body = new FormData();
  if (sound) {
    body.append('audio', sound, 'sound');
  }
  if (transcript) {
    body.append('transcript', transcript, 'transcript');
  } else if (text) {
    body.append('text', text);
  }
  return ask(`v1/predict?explain=true&model=${encodeURIComponent(name)}`, {method: 'POST', body});
}

/** A connection that answers while samples come. */
export function stream(name, rate) {
  const url = new URL(`v1/stream?model=${encodeURIComponent(name)}&rate=${rate}`, document.baseURI);
  url.protocol = url.protocol.replace('http', 'ws');
  return new WebSocket(url, token ? ['parallax.v1', `bearer.${token}`] : ['parallax.v1']);
}
