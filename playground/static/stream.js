// The live events of all phones in one stream: heard again after every break, and the gap is reported so that it can be filled.

const FIRST_PAUSE = 500;
const LONGEST_PAUSE = 8000;

/** Calls `onOpen` at each (re)connection, `onEvent` for each event. */
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

  window.addEventListener("online", () => {
    if (source.readyState !== EventSource.CLOSED) return;
    clearTimeout(timer);
    open();
  });
  open();
}
