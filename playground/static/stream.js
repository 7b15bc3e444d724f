// One phone's live events: heard again after every break, and the gap is reported so that it can be filled.

const FIRST_PAUSE = 500;
const LONGEST_PAUSE = 8000;

/** Calls `onOpen` at each (re)connection, `onEvent` for each event; returns a function that hangs up. */
export function listen(address, { onOpen, onEvent, onBreak }) {
  let source = null;
  let timer = null;
  let pause = FIRST_PAUSE;

  function open() {
    source = new EventSource(address);
    source.onopen = () => { pause = FIRST_PAUSE; onOpen(); };
    source.onmessage = (event) => onEvent(JSON.parse(event.data));
    source.onerror = () => {
      onBreak();
      source.close();
      clearTimeout(timer);
      timer = setTimeout(open, pause);
      pause = Math.min(pause * 2, LONGEST_PAUSE);
    };
  }

  const atOnce = () => { if (source.readyState === EventSource.CLOSED) { clearTimeout(timer); open(); } };
  window.addEventListener("online", atOnce);
  open();
  return () => { window.removeEventListener("online", atOnce); clearTimeout(timer); source.close(); };
}
