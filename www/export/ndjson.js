// A run's notifications as newline-delimited JSON: each line a CloudEvent, as its receiver got it.

import { eventText } from './json.js';

export default function write({ notifications }) {
  return notifications.map((notification) => `${eventText(notification)}\n`).join('');
}
