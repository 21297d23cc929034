const FORBIDDEN = 'script, iframe, object, embed, form, link, meta, base';

/** Inline styles become properties: the page's policy forbids style attributes, but not scripts that set styles. */
function moveStyles(root: ParentNode): void {
  for (const element of root.querySelectorAll<HTMLElement>('[style]')) {
    const css = element.getAttribute('style') ?? '';
    element.removeAttribute('style');
    element.style.cssText = css;
  }
}

function stripHandlers(root: ParentNode): void {
  for (const element of root.querySelectorAll('*')) {
    for (const { name } of [...element.attributes]) {
      if (name.startsWith('on')) element.removeAttribute(name);
    }
  }
}

function sheetsOf(mail: Document): CSSStyleSheet[] {
  return [...mail.querySelectorAll('style')].map((style) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(style.textContent);
    style.remove();
    return sheet;
  });
}

/** Shows an HTML mail inside `host` as a mail program would: its styles, nothing that runs. */
export function renderMail(host: HTMLElement, html: string): void {
  const mail = new DOMParser().parseFromString(html, 'text/html');
  const shadow = host.shadowRoot ?? host.attachShadow({ mode: 'open' });
  shadow.adoptedStyleSheets = sheetsOf(mail);
  mail.querySelectorAll(FORBIDDEN).forEach((element) => {
    element.remove();
  });
  stripHandlers(mail);
  const frame = document.createElement('div');
  const bodyStyle = mail.body.getAttribute('style');
  if (bodyStyle !== null) frame.style.cssText = bodyStyle;
  frame.append(...mail.body.childNodes);
  moveStyles(frame);
  shadow.replaceChildren(frame);
}
