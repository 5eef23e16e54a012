// A click on a turn plays it, and so does Enter. The arrows go from turn to turn, Escape stops the sound.
{
  const sound = document.querySelector('audio');
  const turns = [...document.querySelectorAll('.turn')].sort((a, b) => a.dataset.turn - b.dataset.turn);
  let end = Infinity; // of the turn that plays
  let isOurs = false; // whether a jump is ours, not the listener's

  const mark = number => {
    for (const part of document.querySelectorAll('[aria-current]')) part.removeAttribute('aria-current');
    for (const part of document.querySelectorAll(`[data-turn="${number}"]`)) part.setAttribute('aria-current', 'true');
  };
  const watch = () => {
    if (sound.paused) return;
    if (sound.currentTime >= end) sound.pause();
    else requestAnimationFrame(watch);
  };
  const play = number => {
    const turn = turns[number];
    mark(number);
    turn.scrollIntoView({block: 'nearest'});
    if (sound === null || turn.dataset.from === undefined) return;
    end = Number(turn.dataset.to);
    isOurs = true;
    sound.currentTime = Number(turn.dataset.from);
    sound.play().then(watch, () => {});
  };

  document.addEventListener('click', event => {
    const part = event.target.closest('[data-turn]');
    if (part !== null) play(Number(part.dataset.turn));
  });
  document.addEventListener('keydown', event => {
    const at = turns.indexOf(document.activeElement);
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    const next = at >= 0 ? turns[at + step] : undefined;
    if (step !== 0) {
      if (next !== undefined) {
        event.preventDefault();
        next.focus();
      }
    } else if (event.key === 'Escape') {
      sound?.pause();
    }
  });
  sound?.addEventListener('seeking', () => {
    if (!isOurs) end = Infinity;
    isOurs = false;
  });
  sound?.addEventListener('pause', () => { end = Infinity; });
  sound?.addEventListener('timeupdate', () => {
    if (end !== Infinity || sound.paused) return;
    const time = sound.currentTime;
    const said = turns.findLast(turn => time >= Number(turn.dataset.from));
    if (said !== undefined) mark(said.dataset.turn);
  });
}
