// Light or dark by a button. The sandboxes follow, for their attribute says theme="inherit".
const root = document.documentElement;
const button = document.querySelector('.theme');
const system = matchMedia('(prefers-color-scheme: dark)');

const isDark = () => (root.dataset.theme ?? (system.matches ? 'dark' : 'light')) === 'dark';
const name = () => (button.textContent = isDark() ? 'Light' : 'Dark');

button.addEventListener('click', () => {
  root.dataset.theme = isDark() ? 'light' : 'dark';
  name();
});
system.addEventListener('change', name);
name();
