// What happens in the sandbox comes as events, which bubble: one listener for all elements of the page is enough.
const heard = document.querySelector('#heard');

document.addEventListener('qod-notification', ({ detail: { event } }) => {
  const { qosStatus, statusInfo } = event.data;
  const item = document.createElement('li');
  item.textContent = `${event.time}: ${[qosStatus, statusInfo].filter(Boolean).join(', ')}`;
  heard.append(item);
});
