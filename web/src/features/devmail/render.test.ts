import { expect, it } from 'vitest';
import { renderMail } from './render';

it('shows a mail with its styles and without anything that runs', () => {
  const host = document.createElement('div');
  renderMail(
    host,
    '<style>p > b { color: red }</style><body style="padding: 4px"><p style="margin: 0px" onclick="x()">Hi <b>Ana</b><script>x()</script></p></body>',
  );
  const frame = host.shadowRoot?.firstElementChild as HTMLElement;
  expect(frame.style.padding).toBe('4px');
  expect(frame.querySelector('p')?.style.margin).toBe('0px');
  expect(frame.innerHTML).not.toMatch(/script|onclick|x-style/);
  expect(frame).toHaveTextContent('Hi Ana');
  const rules = host.shadowRoot?.adoptedStyleSheets[0]?.cssRules;
  expect(rules?.[0]?.cssText).toContain('red');
});
