// A talk: a lane for each speaker, a bar for each turn, and the sentences beside them. A click plays the turn.

import {clock, h, number, tint} from './dom.js';
import {provenance, remarks, warnings, words} from './answer.js';

const LEAST = 0.14; // height of a bar
const NOBODY = 'unknown';

/** All of a talk. */
export function talk(document, player) {
  const {turns, labels} = document;
  const timed = turns.filter(turn => turn.from !== null && turn.to > turn.from);
  const seconds = Math.max(player.seconds, ...timed.map(turn => turn.to));
  const bars = new Map();
  const items = new Map();
  const play = turn => player.play(Math.max(0, turn.from), turn.to);
  const timeline = timed.length ? lanes(timed, labels, seconds, bars, play) : null;
  const list = h('ol', {class: 'sentences'}, turns.map(turn => sentence(turn, labels, items, play)));
  player.onMove = (at, plays) => {
    for (const turn of timed) {
      const now = plays && at >= turn.from && at < turn.to;
      for (const element of [bars.get(turn), items.get(turn)]) {
        element?.toggleAttribute('data-now', now);
      }
    }
  };
  return [
    h('h2', {id: 'answerTitle'}, `${turns.length} ${turns.length === 1 ? 'turn' : 'turns'}`),
    h('p', {}, summary(turns, timeline !== null)),
    legend(turns, labels),
    h('div', {class: timeline ? 'talk' : 'talk plain'},
      timeline ? h('div', {class: 'timeline', role: 'group', 'aria-label': 'Timeline of the talk', tabindex: 0}, timeline) : null,
      list),
    warnings([...document.transcriptNotes, ...document.warnings]),
    provenance(document),
  ];
}

function summary(turns, isDrawn) {
  const answered = turns.filter(turn => turn.decision);
  const count = of => answered.filter(of).length;
  const sentences = [`Sure answers: ${count(turn => turn.sure)} of ${answered.length}.`];
  if (count(turn => turn.audio && turn.text)) {
    sentences.push(`Turns in which voice and words name different emotions: ${count(differs)}, and both are sure: `
      + `${count(turn => turn.disagreement)}.`);
  }
  if (isDrawn) {
    sentences.push('A bar is a turn: its colour and letters are the emotion, its height the probability. It is hatched where the '
      + 'answer is not sure.');
  }
  return sentences.join(' ');
}

const differs = turn => turn.audio && turn.text && turn.audio.label !== turn.text.label;

const share = (turn, labels) => turn[turn.decidedBy].probabilities[labels.indexOf(turn.decision)];

function legend(turns, labels) {
  return h('ul', {class: 'legend', 'aria-label': 'Emotions of the turns'}, labels.map(label => h('li', {class: `chip ${tint(labels, label)}`},
    `${label} ${turns.filter(turn => turn.decision === label).length}`)));
}

function lanes(turns, labels, seconds, bars, play) {
  const speakers = [...new Set(turns.map(turn => turn.speaker ?? NOBODY))];
  const place = time => `${(100 * time) / seconds}%`;
  const lane = speaker => h('div', {class: 'lane'},
    h('span', {class: 'who', dir: 'auto'}, speaker),
    h('div', {class: 'turns', style: {'min-width': `${Math.min(240, 4 * seconds / 10)}rem`}},
      turns.filter(turn => (turn.speaker ?? NOBODY) === speaker).map(turn => {
        const bar = h('button', {
          type: 'button', tabindex: -1, 'aria-hidden': 'true', title: `${clock(turn.from)} ${turn.decision ?? 'no answer'}`,
          class: `turn ${turn.sure ? '' : 'unsure'} ${turn.decision ? tint(labels, turn.decision) : 'none'}`,
          style: {
            left: place(turn.from),
            width: place(turn.to - turn.from),
            height: `${100 * (turn.decision ? Math.max(LEAST, share(turn, labels)) : LEAST)}%`,
          },
          onclick: () => play(turn),
        }, h('span', {}, (turn.decision ?? '').slice(0, 3)));
        bars.set(turn, bar);
        return bar;
      })));
  return [...speakers.map(lane), axis(seconds, place)];
}

function axis(seconds, place) {
  const step = [1, 2, 5, 10, 30, 60, 120].find(each => seconds / each <= 8) ?? 300;
  const marks = Array.from({length: Math.floor(seconds / step) + 1}, (_, i) => i * step).filter(mark => mark < 0.95 * seconds);
  return h('div', {class: 'lane axis', 'aria-hidden': 'true'}, h('span', {class: 'who'}),
    h('div', {class: 'turns', style: {'min-width': `${Math.min(240, 4 * seconds / 10)}rem`}},
      marks.map(mark => h('span', {style: {left: place(mark)}}, clock(mark).replace(/\.0$/, '')))));
}

function sentence(turn, labels, items, play) {
  const said = [
    turn.from === null ? null : h('span', {class: 'time'}, clock(turn.from)), ' ',
    turn.speaker ? h('strong', {dir: 'auto'}, turn.speaker) : null, ' ',
    h('span', {dir: 'auto'}, turn.sentence),
  ];
  const canPlay = turn.from !== null && turn.to > turn.from;
  const item = h('li', {class: 'one-turn'},
    canPlay
      ? h('button', {type: 'button', class: 'sentence', onclick: () => play(turn), 'aria-label': `Play: ${turn.sentence}`}, said)
      : h('p', {class: 'sentence'}, said),
    turn.decision ? views(turn, labels) : h('p', {class: 'note'}, turn.error));
  items.set(turn, item);
  return item;
}

function views(turn, labels) {
  const chip = (name, answer) => answer && h('span', {class: 'one'}, name, ' ',
    h('span', {class: `chip ${tint(labels, answer.label)}`}, `${answer.label} ${number(Math.max(...answer.probabilities))}`));
  return h('details', {class: 'views'},
    h('summary', {},
      h('span', {class: `chip ${tint(labels, turn.decision)}`}, `${turn.decision} ${number(share(turn, labels))}`),
      turn.sure ? ' sure' : ' not sure',
      turn.disagreement ? ', they disagree' : differs(turn) ? ', they differ' : ''),
    h('p', {}, chip('voice', turn.audio), chip('words', turn.text), chip('both', turn.fused)),
    h('ul', {class: 'remarks'}, remarks({...turn, labels}).map(line => h('li', {}, line))),
    turn.explanation?.text ? words(turn.explanation.text) : null,
    warnings(turn.warnings));
}
