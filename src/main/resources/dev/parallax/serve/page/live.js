// Answers while somebody speaks: samples and words go out over a WebSocket, an answer comes back every half second.

import {joined, listen} from './microphone.js';
import {Problem, stream} from './service.js';
import {pcm16} from './wav.js';
import {clock, h, number, tint} from './dom.js';
import {perspectives, remarks} from './answer.js';

const HISTORY = 120; // answers that are drawn

/** Listens and asks. `on` gets `ready`, `answer`, `final` and `level`; what it throws ends the stream. */
export class Live {
  #blocks = [];
  #socket = null;
  #microphone = null;

  constructor(model, on) {
    this.model = model;
    this.on = on;
  }

  /** Ends when the final answer is there, or with an error. */
  async run(text) {
    let early = []; // what is spoken before the connection is open
    this.#microphone = await listen(block => {
      this.#blocks.push(block);
      this.on.level(block);
      if (this.#socket?.readyState === WebSocket.OPEN) {
        [...early, block].forEach(each => this.#socket.send(pcm16(each)));
        early = [];
      } else {
        early.push(block);
      }
    });
    try {
      await this.#converse(text);
    } finally {
      await this.#microphone.stop();
      this.#socket.close();
    }
  }

  #converse(text) {
    return new Promise((resolve, reject) => {
      const socket = stream(this.model, this.#microphone.rate);
      this.#socket = socket;
      let hasAnswered = false;
      socket.onopen = () => this.say(text);
      socket.onmessage = ({data}) => {
        const message = JSON.parse(data);
        if (message.type === 'error') {
          reject(new Problem(message.status, message.detail));
          return;
        }
        this.on[message.type]?.(message);
        if (message.type === 'final') {
          hasAnswered = true;
          resolve();
        }
      };
      socket.onclose = () => hasAnswered
        || reject(new Problem(0, 'the connection ended before the last answer; what was recorded is still here'));
    });
  }

  /** What has been said so far. */
  say(text) {
    if (this.#socket?.readyState === WebSocket.OPEN) {
      this.#socket.send(JSON.stringify({text}));
    }
  }

  /** No more is spoken; the final answer comes. */
  async end() {
    await this.#microphone?.stop();
    if (this.#socket?.readyState === WebSocket.OPEN) {
      this.#socket.send('{"end": true}');
    }
  }

  /** What was heard, and its rate [Hz]. */
  get samples() {
    return joined(this.#blocks);
  }

  get rate() {
    return this.#microphone.rate;
  }
}

/** What is shown while somebody speaks: the latest answer and those before it. */
export function liveAnswer(message, history) {
  const {prediction, smoothed} = message;
  const {labels} = prediction;
  const shares = view => (smoothed[view] ? labels.map(label => smoothed[view][label] ?? 0) : null);
  const decided = shares(prediction.decidedBy);
  const best = labels[decided.indexOf(Math.max(...decided))];
  const share = prediction[prediction.decidedBy].probabilities[labels.indexOf(prediction.decision)];
  const [, ...others] = remarks(prediction);
  const alone = `By themselves, these seconds say ${prediction.decision}, ${number(share)}, ${prediction.sure ? 'sure' : 'not sure'}.`;
  history.push({end: message.end, label: best, share: Math.max(...decided)});
  return [
    h('h2', {id: 'answerTitle', class: `verdict ${tint(labels, best)}`},
      h('span', {class: 'swatch', 'aria-hidden': 'true'}), ' ', best,
      h('span', {class: 'share'}, ` ${number(Math.max(...decided))}`)),
    h('p', {class: 'note'}, `The last ${(message.end - message.start).toFixed(1)} seconds, averaged with the answers before.`,
      message.skipped ? ` Answers left out, since the service is busy: ${message.skipped}.` : ''),
    h('ul', {class: 'remarks'}, [alone, ...others].map(line => h('li', {}, line))),
    perspectives(prediction, shares),
    past(history.slice(-HISTORY), labels),
  ];
}

/** The course of the answers: a column each, its height the probability. */
export function past(history, labels) {
  const runs = history.reduce((all, each) => {
    if (all.at(-1)?.label !== each.label) {
      all.push(each);
    }
    return all;
  }, []);
  return h('figure', {class: 'past'},
    h('div', {class: 'columns', 'aria-hidden': 'true'}, history.map(({label, share}) =>
      h('span', {class: tint(labels, label), style: {height: `${100 * share}%`}}))),
    h('figcaption', {}, 'So far: ', runs.slice(-6).map(({label, end}, i) => `${i ? ', ' : ''}${label} from ${clock(end)}`).join('')));
}
