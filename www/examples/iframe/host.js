// In a page of yours: import { connect } from 'https://cdn.example/qod-sandbox/frame.js';
import { connect } from '../../frame.js';

const frame = document.querySelector('iframe');
frame.src = `${frame.dataset.src}&parent=${encodeURIComponent(location.origin)}`;

// From here on the frame is as high as its content.
const sandbox = connect(frame);

for (const button of document.querySelectorAll('[data-by]')) {
  button.addEventListener('click', () => sandbox.call('clock.advance', button.dataset.by));
}

sandbox.on('notification', ({ event }) => {
  const item = document.createElement('li');
  item.textContent = `${event.time}: ${[event.data.qosStatus, event.data.statusInfo].filter(Boolean).join(', ')}`;
  document.querySelector('#heard').append(item);
});

const clock = document.querySelector('#clock');
const tell = ({ now }) => (clock.value = `It is ${now.slice(11, 19)} in the sandbox`);
sandbox.on('clock', tell);
tell(await sandbox.call('clock.state'));
