// The answer to one utterance: the verdict in words, three perspectives side by side, and the words that were read.

import {h, number, sentence, tint} from './dom.js';

const VIEWS = {
  audio: {title: 'The voice', whose: 'the voice', none: 'No voice was heard.'},
  text: {title: 'The words', whose: 'the words', none: 'No words were read.'},
  fused: {title: 'Both together', whose: 'both together', none: 'There is nothing to put together.'},
};

/** All of an answer. */
export function answer(prediction, text) {
  const {explanation} = prediction;
  const labels = prediction.labels;
  const decided = prediction[prediction.decidedBy];
  return [
    h('h2', {id: 'answerTitle', class: `verdict ${tint(labels, prediction.decision)}`},
      h('span', {class: 'swatch', 'aria-hidden': 'true'}), ' ', prediction.decision,
      h('span', {class: 'share'}, ` ${number(decided.probabilities[labels.indexOf(prediction.decision)])}`)),
    h('ul', {class: 'remarks'}, remarks(prediction).map(line => h('li', {}, line))),
    perspectives(prediction),
    text && explanation?.text ? words(explanation.text) : null,
    explanation && (prediction.audio || prediction.text) ? looking(prediction) : null,
    warnings(prediction.warnings),
    provenance(prediction),
  ];
}

/** What there is to say of an answer, a sentence each. */
export function remarks(prediction) {
  const {audio, text, fused} = prediction;
  const all = [certainty(prediction)];
  if (audio && text) {
    if (audio.label === text.label) {
      all.push(`Voice and words agree on ${audio.label}.`);
    } else if (prediction.disagreement) {
      all.push(`They disagree: the voice says ${audio.label}, the words say ${text.label}, and each is sure.`);
    } else {
      all.push(`They differ: the voice says ${audio.label}, the words say ${text.label}, but not both are sure.`);
    }
  }
  all.push(resolution(prediction.decidedBy, audio, text, fused));
  return all.filter(line => line);
}

function certainty(prediction) {
  const decided = prediction[prediction.decidedBy];
  const share = decided.probabilities[prediction.labels.indexOf(decided.label)];
  const threshold = number(decided.threshold);
  if (prediction.sure) {
    return `Sure: the probability is ${number(share)}.`
      + ` This model calls an answer sure ${threshold === '0.00' ? 'whatever its probability' : `from ${threshold} on`}.`;
  }
  if (decided.doubtful) {
    return 'Not sure: this is unlike what the model was trained on, whatever the probability.';
  }
  return decided.threshold >= 1
    ? `Not sure: the probability is ${number(share)}, but this model calls no answer of ${VIEWS[prediction.decidedBy].whose} sure.`
    : `Not sure: the probability is ${number(share)}. This model calls an answer sure from ${threshold} on.`;
}

/** How the two became one. */
function resolution(by, audio, text, fused) {
  if (by !== 'fused') {
    const other = by === 'audio' ? 'text' : 'audio';
    const because = (other === 'audio' ? audio : text) ? `, because the model is in doubt about ${VIEWS[other].whose}` : '';
    return `The answer is that of ${VIEWS[by].whose} alone${because}.`;
  }
  if (!audio || !text || audio.label === text.label) {
    return fused.label === (audio ?? text)?.label ? null : `Both together say ${fused.label}.`;
  }
  if (fused.label === audio.label) {
    return 'Both together follow the voice.';
  }
  return fused.label === text.label ? 'Both together follow the words.' : `Both together follow neither: ${fused.label}.`;
}

/** The three perspectives, side by side. `of` gives the probabilities of a view, or null. */
export function perspectives(prediction, of = view => prediction[view]?.probabilities) {
  return h('div', {class: 'perspectives'}, Object.keys(VIEWS).map(view => {
    const shares = of(view);
    const by = prediction.decidedBy === view;
    return h('section', {class: by ? 'view decides' : 'view'},
      h('h3', {}, VIEWS[view].title, by ? h('span', {class: 'note'}, ' decides') : null),
      shares ? bars(prediction.labels, shares) : h('p', {class: 'note'}, VIEWS[view].none),
      shares && prediction[view] ? h('p', {class: 'note'}, prediction[view].sure ? 'sure' : 'not sure') : null);
  }));
}

function bars(labels, shares) {
  const most = Math.max(...shares);
  return h('table', {class: 'bars'}, h('tbody', {}, labels.map((label, i) =>
    h('tr', {class: shares[i] === most ? 'most' : ''},
      h('th', {scope: 'row'}, label),
      h('td', {class: 'bar', 'aria-hidden': 'true'},
        h('span', {class: tint(labels, label), style: {width: `${100 * shares[i]}%`}})),
      h('td', {class: 'number'}, number(shares[i]))))));
}

/** The words, each with its share of the attention. */
export function words({words: all, attention}) {
  const most = Math.max(...attention);
  return h('figure', {class: 'words'},
    h('div', {class: 'looked'}, all.map(({word}, i) =>
      h('span', {class: 'word'},
        h('span', {class: 'said', dir: 'auto'}, word),
        h('span', {class: 'weight', 'aria-hidden': 'true', style: {height: `${(1.4 * attention[i]) / most}rem`}}),
        h('span', {class: 'percent'}, `${Math.round(100 * attention[i])} %`)))),
    h('figcaption', {}, 'How the attention of the model is spread over the words. It says where the model looks, not what '
      + 'it makes of it.'));
}

function looking(prediction) {
  const {audio, text} = prediction.explanation;
  const blind = [prediction.audio && !audio ? 'over time' : null, prediction.text && !text ? 'over words' : null];
  const none = blind.filter(each => each).join(' and ');
  return none ? h('p', {class: 'note'}, `This model has no attention ${none}, so none is shown.`) : null;
}

export function warnings(lines) {
  return lines.length ? h('ul', {class: 'warnings', 'aria-label': 'Warnings'}, lines.map(line => h('li', {}, sentence(line)))) : null;
}

export function provenance({model, version, modelHash}) {
  return h('p', {class: 'note provenance'},
    `Model ${model}, Parallax ${version}, model file `, h('code', {title: modelHash}, modelHash.slice(0, 12)), '.');
}
