// The waveform of a recording, with the attention of the model drawn on it. A click plays from there.

import {clock, h, s} from './dom.js';
import {COLUMNS} from './sound.js';

const HEIGHT = 100;
const STEP = 1; // seconds that an arrow moves

/** One recording at a time: what is drawn anew takes the place of what was. */
export class Player {
  #audio = null;
  #until = Infinity;
  #slider = null;
  #head = null;
  #caption = null;

  /** Told where the sound is [s], and whether it plays; or null. */
  onMove = null;

  constructor(place) {
    this.place = place;
    this.seconds = 0;
  }

  /** Shows a recording, or nothing. */
  show(sound) {
    this.#audio?.pause();
    this.#audio = null;
    this.place.replaceChildren();
    this.seconds = 0;
    if (!sound?.envelope) {
      return;
    }
    this.seconds = sound.seconds;
    this.#audio = h('audio', {src: sound.url, preload: 'auto'});
    const play = h('button', {type: 'button', class: 'play', onclick: () => this.toggle()}, 'Play');
    const time = h('span', {class: 'time'}, `0:00.0 of ${clock(this.seconds)}`);
    this.#head = s('line', {class: 'head', x1: 0, x2: 0, y1: 0, y2: HEIGHT});
    this.attention = s('g', {class: 'attention'});
    this.#slider = h('div', {
      class: 'wave', role: 'slider', tabindex: 0, 'aria-label': 'Place in the recording', 'aria-valuemin': 0,
      'aria-valuemax': this.seconds.toFixed(1), onclick: event => this.#clicked(event), onkeydown: event => this.#key(event),
    }, drawing(this.attention, wave(sound.envelope), this.#head));
    this.#caption = h('span', {class: 'note', hidden: true}, 'Blue: where the model looks');
    this.place.append(this.#slider, h('div', {class: 'row'}, play, time, this.#caption), this.#audio);
    const moved = () => {
      play.textContent = this.#audio.paused ? 'Play' : 'Pause';
      time.textContent = `${clock(this.#audio.currentTime)} of ${clock(this.seconds)}`;
      this.#moved();
    };
    ['timeupdate', 'play', 'pause', 'seeked', 'ended'].forEach(name => this.#audio.addEventListener(name, moved));
    this.#audio.addEventListener('play', () => this.#follow());
    this.#moved();
  }

  /** Draws where the model looks: `{times, attention}`, or nothing. */
  look(over) {
    if (this.#audio) {
      this.attention.replaceChildren(...(over ? [attended(over, this.seconds)] : []));
      this.#caption.hidden = !over;
    }
  }

  /** Plays a stretch [s]. */
  play(from, to = Infinity) {
    if (this.#audio) {
      this.#until = to;
      this.#audio.currentTime = from;
      this.#audio.play();
    }
  }

  stop() {
    this.#audio?.pause();
  }

  toggle() {
    if (this.#audio.paused) {
      this.play(this.#audio.currentTime >= this.seconds - 0.05 ? 0 : this.#audio.currentTime);
    } else {
      this.stop();
    }
  }

  /** The play head moves with the screen, more often than the browser tells the time. */
  #follow() {
    const audio = this.#audio;
    const next = () => {
      if (audio === this.#audio && !audio.paused) {
        this.#moved();
        requestAnimationFrame(next);
      }
    };
    next();
  }

  #moved() {
    const at = this.#audio.currentTime;
    if (at >= this.#until && !this.#audio.paused) {
      this.#until = Infinity;
      this.#audio.pause();
    }
    const x = (at / this.seconds) * COLUMNS;
    this.#head.setAttribute('x1', x);
    this.#head.setAttribute('x2', x);
    this.#slider.setAttribute('aria-valuenow', at.toFixed(1));
    this.#slider.setAttribute('aria-valuetext', `${at.toFixed(1)} of ${this.seconds.toFixed(1)} seconds`);
    this.onMove?.(at, !this.#audio.paused);
  }

  #clicked(event) {
    const box = this.#slider.getBoundingClientRect();
    this.play(((event.clientX - box.left) / box.width) * this.seconds);
  }

  #key(event) {
    const moves = {ArrowLeft: -STEP, ArrowRight: STEP, Home: -Infinity, End: Infinity};
    if (event.key in moves) {
      event.preventDefault();
      const to = this.#audio.currentTime + moves[event.key];
      this.#audio.currentTime = Math.max(0, Math.min(this.seconds, to));
    } else if (event.key === ' ' || event.key === 'Enter') {
      event.preventDefault();
      this.toggle();
    }
  }
}

function drawing(...parts) {
  return s('svg', {viewBox: `0 0 ${COLUMNS} ${HEIGHT}`, preserveAspectRatio: 'none', 'aria-hidden': 'true'}, ...parts);
}

/** The waveform, as large as the drawing allows. */
function wave(all) {
  const peak = Math.max(0.01, ...all.map(([low, high]) => Math.max(high, -low)));
  const y = value => (HEIGHT / 2) * (1 - (0.94 * value) / peak);
  const path = all.map(([low, high], x) => `M${x + 0.5} ${y(high) - 0.4}V${y(low) + 0.4}`).join('');
  return s('path', {class: 'samples', d: path});
}

/** Steps from the bottom: the highest is the stretch that is looked at most. */
function attended({times, attention}, seconds) {
  const most = Math.max(...attention);
  const x = time => ((time / seconds) * COLUMNS).toFixed(2);
  const steps = attention.map((weight, i) => {
    const y = (HEIGHT * (1 - (0.96 * weight) / most)).toFixed(2);
    return `L${x(times[i])} ${y}L${x(times[i + 1])} ${y}`;
  });
  return s('path', {d: `M${x(times[0])} ${HEIGHT}${steps.join('')}L${x(times.at(-1))} ${HEIGHT}`});
}
