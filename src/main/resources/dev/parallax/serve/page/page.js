// The page: what is put in, the question, and where the answer goes. What goes wrong is said beside what caused it, and
// loses nothing of what was put in.

import {$, h, sentence} from './dom.js';
import * as microphone from './microphone.js';
import * as service from './service.js';
import * as sounds from './sound.js';
import {Player} from './player.js';
import {answer} from './answer.js';
import {talk} from './talk.js';
import {Live, liveAnswer, past} from './live.js';

const TRANSCRIPT = /\.(srt|vtt|json|tsv|ctm|textgrid|eaf|txt)$/i;
const MOST_RECORDED = 600; // seconds; the service answers no longer recordings by default

const player = new Player($('player'));
let model = null; // its description
let sound = null;
let transcript = null; // a file
const obstacle = microphone.obstacle(); // why there is no microphone, else null
let recording = null; // {stop} while the microphone records
let live = null; // while answers come

// ---- what is shown

const say = text => { $('status').textContent = text; };

function complain(place, error) {
  $(place).textContent = error ? `${error.message}.`.replace(/([.?])\.$/, '$1') : '';
}

function clearProblems() {
  ['soundProblem', 'textProblem', 'problem'].forEach(place => complain(place, null));
}

/** Where a problem of an answer belongs: its detail begins with the part that is at fault. */
function place(error) {
  const part = /^(?:predict: )?(?:a [a-z]+ )?‹?(audio|text|transcript)/.exec(error.message)?.[1];
  if (error.status === 413 && !part && sound) {
    return 'soundProblem'; // it is by far the largest part of a body
  }
  return {audio: 'soundProblem', text: 'textProblem', transcript: 'textProblem'}[part] ?? 'problem';
}

function failed(error) {
  if (error.status === 401) {
    $('token').hidden = false;
    $('tokenProblem').textContent = $('secret').value ? 'The service does not know this token.' : '';
    $('secret').focus();
  } else {
    complain(place(error), error);
  }
  say('');
}

function show(...children) {
  $('answer').replaceChildren(...children.flat().filter(child => child));
  $('answer').hidden = false;
}

function clearAnswer() {
  say('');
  player.onMove = null;
  $('answer').hidden = true;
  $('answer').replaceChildren();
  player.look(null);
}

// ---- the voice

function setSound(next) {
  if (sound?.url) {
    URL.revokeObjectURL(sound.url);
  }
  sound = next;
  clearAnswer();
  clearProblems();
  player.show(sound);
  $('discardSound').hidden = !sound;
  $('soundNote').textContent = sound
    ? [sound.name, sound.note].filter(part => part).join('. ')
    : 'Or drop a recording here. A sentence of a few seconds is best.';
}

let lastTaken = null; // the file that was chosen last; a longer one before it may be decoded later

async function takeSound(file) {
  lastTaken = file;
  lock(true);
  say('Reading the recording.');
  const taken = await sounds.ofFile(file).catch(() => null);
  if (file !== lastTaken) {
    return;
  }
  lock(false);
  if (taken) {
    setSound(taken);
  } else {
    say('');
    complain('soundProblem', new Error('this cannot be read; is it a folder, or has the file been moved?'));
  }
}

function showLevel(block) {
  const level = Math.round(microphone.level(block));
  $('level').setAttribute('aria-valuenow', level);
  $('level').setAttribute('aria-valuetext', `${level} decibels`);
  $('level').firstElementChild.style.setProperty('width', `${(100 * (level + 60)) / 60}%`);
}

async function record() {
  if (recording) {
    await recording.stop();
    return;
  }
  complain('soundProblem', null);
  const blocks = [];
  let rate = 0;
  let count = 0;
  const stop = async () => {
    const its = recording;
    recording = null;
    await its?.source?.stop();
    $('record').textContent = 'Record again';
    $('record').classList.remove('on');
    $('level').hidden = true;
    lock(true);
    if (blocks.length) {
      setSound(await sounds.ofSamples(microphone.joined(blocks), rate));
      say('Recorded.');
    }
    lock(false);
  };
  recording = {stop};
  try {
    const source = await microphone.listen(block => {
      blocks.push(block);
      count += block.length;
      showLevel(block);
      $('soundNote').textContent = `${(count / Math.max(1, rate)).toFixed(1)} seconds`;
      if (rate && count > MOST_RECORDED * rate) {
        stop();
      }
    });
    rate = source.rate;
    recording = {stop, source};
    player.stop();
    lock(true, 'record');
    $('record').textContent = 'Stop';
    $('record').classList.add('on');
    $('level').hidden = false;
    say('Recording.');
  } catch (error) {
    recording = null;
    complain('soundProblem', error);
  }
}

// ---- the words

function setTranscript(file) {
  transcript = file;
  clearAnswer();
  clearProblems();
  $('discardTranscript').hidden = !file;
  $('textTools').hidden = Boolean(file);
  $('textNote').textContent = file
    ? `${file.name}, ${Math.ceil(file.size / 1024)} KB: each of its turns is answered.`
    : 'Of a whole talk, choose or drop its transcript (.srt, .vtt, ...): then each turn is answered.';
}

// ---- the answer

/** While something runs, only what ends it can be pressed. */
function lock(locked, except) {
  for (const id of ['record', 'ask', 'live', 'chooseSound', 'chooseTranscript', 'discardSound', 'discardTranscript', 'model']) {
    $(id).disabled = (locked && id !== except) || (id === 'live' && obstacle !== null);
  }
}

async function ask() {
  clearProblems();
  const text = $('text').value.trim();
  const given = {
    sound: model.modalities.includes('audio') ? sound?.blob : null,
    text: model.modalities.includes('text') ? text : null,
    transcript,
  };
  if (!given.sound && !given.text && !given.transcript) {
    complain('problem', new Error('Give a recording, some words, or both'));
    return;
  }
  lock(true);
  say('The service computes the answer.');
  try {
    const prediction = await service.predict(model.name, given);
    clearAnswer();
    if (prediction.turns) {
      show(talk(prediction, player));
      const count = prediction.turns.length;
      say(count === 1 ? 'One turn is answered.' : `${count} turns are answered.`);
    } else {
      show(answer(prediction, given.text));
      player.look(prediction.explanation?.audio);
      say(`The answer is ${prediction.decision}, ${prediction.sure ? 'sure' : 'not sure'}.`);
    }
  } catch (error) {
    clearAnswer(); // which was one to something else
    failed(error);
  } finally {
    lock(false);
  }
}

async function answerLive() {
  if (live) {
    say('The last answer comes.');
    await live.end();
    return;
  }
  clearProblems();
  setSound(null);
  const history = [];
  let final = null;
  live = new Live(model.name, {
    level: showLevel,
    ready: () => say('Speak. An answer comes every half second.'),
    answer: message => show(liveAnswer(message, history)),
    final: message => { final = message; },
  });
  $('live').textContent = 'Stop';
  $('live').classList.add('on');
  $('level').hidden = false;
  $('soundNote').textContent = 'Your microphone is heard.';
  lock(true, 'live');
  say('Connecting.');
  let error = null;
  try {
    await live.run($('text').value.trim());
  } catch (e) {
    error = e;
  }
  const heard = live;
  live = null;
  $('live').textContent = 'Answer while I speak';
  $('live').classList.remove('on');
  $('level').hidden = true;
  lock(true);
  const samples = heard.samples;
  setSound(samples.length ? await sounds.ofSamples(samples, heard.rate) : null);
  lock(false);
  say('');
  if (error) {
    (error instanceof service.Problem ? failed : e => complain('soundProblem', e))(error);
  } else {
    const [title, ...rest] = answer(final.prediction, $('text').value.trim());
    const note = h('p', {class: 'note'}, `The answer to the last ${(final.end - final.start).toFixed(1)} seconds. While you speak, `
      + 'the page does not ask where the model looks, because each answer would take longer. “Show the answer” asks about the '
      + 'whole recording, and draws the attention of a model that has any.');
    show(title, note, ...rest.slice(0, -1), past(history, final.prediction.labels), rest.at(-1));
    say(`The last answer is ${final.prediction.decision}, ${final.prediction.sure ? 'sure' : 'not sure'}.`);
  }
}

// ---- the models

async function choose(name) {
  model = await service.model(name);
  const hears = model.modalities.includes('audio');
  const reads = model.modalities.includes('text');
  $('noVoice').hidden = hears;
  $('voiceTools').hidden = !hears;
  $('noWords').hidden = reads;
  $('wordsTools').hidden = !reads;
  $('live').hidden = !hears;
  clearAnswer();
  $('about').replaceChildren(
    h('p', {}, `Model ${model.name}. It chooses among ${model.labels.join(', ')}.`),
    ...model.warnings.map(line => h('p', {}, sentence(line))));
}

async function start() {
  try {
    const all = await service.models();
    $('model').replaceChildren(...all.map(({name}) => h('option', {value: name}, name)));
    $('modelChoice').hidden = all.length === 1;
    await choose(all[0].name);
    $('token').hidden = true;
    $('inputs').hidden = false;
    $('actions').hidden = false;
  } catch (error) {
    failed(error);
  }
}

// ---- what people do

function take(file) {
  if (TRANSCRIPT.test(file.name)) {
    setTranscript(file);
  } else {
    takeSound(file);
  }
}

$('server').textContent = location.host;
$('record').onclick = record;
$('ask').onclick = ask;
$('live').onclick = answerLive;
$('text').oninput = () => live?.say($('text').value.trim());
$('text').onkeydown = event => {
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && !$('ask').disabled) {
    ask();
  }
};
$('model').onchange = () => choose($('model').value).catch(failed);
$('discardSound').onclick = () => { setSound(null); $('record').textContent = 'Record'; $('record').focus(); };
$('discardTranscript').onclick = () => { setTranscript(null); $('chooseTranscript').focus(); };
for (const [button, input] of [['chooseSound', 'soundFile'], ['chooseTranscript', 'transcriptFile']]) {
  $(button).onclick = () => $(input).click();
  $(input).onchange = () => {
    [...$(input).files].forEach(input === 'soundFile' ? takeSound : setTranscript);
    $(input).value = '';
  };
}

const takesFiles = () => !$('chooseSound').disabled && !$('inputs').hidden; // not while something runs
const dropping = isOver => $('inputs').classList.toggle('dropping', isOver);
document.addEventListener('dragover', event => {
  if (event.dataTransfer.types.includes('Files')) { // a text goes where it always goes
    event.preventDefault();
    event.dataTransfer.dropEffect = takesFiles() ? 'copy' : 'none';
    dropping(takesFiles());
  }
});
document.addEventListener('dragleave', event => dropping(event.relatedTarget !== null && $('inputs').matches('.dropping')));
document.addEventListener('drop', event => {
  dropping(false);
  const files = [...event.dataTransfer.files];
  if (files.length) {
    event.preventDefault(); // or the browser would leave the page for it
    (takesFiles() ? files : []).forEach(take);
  }
});
$('token').onsubmit = event => {
  event.preventDefault();
  service.useToken($('secret').value.trim());
  start();
};
if (obstacle) {
  $('record').hidden = true;
  $('live').disabled = true;
  $('soundNote').textContent = `Without a microphone: ${obstacle}.`;
}
start();
