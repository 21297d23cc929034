const FORBIDDEN = 'script, iframe, object, embed, form, link, meta, base';

/** Renames what the page's policy would refuse to parse: style attributes and elements. */
function disarmed(html: string): string {
  return html.replace(/\bstyle=(["'])/gi, 'data-style=$1').replace(/<(\/?)style\b/gi, '<$1x-style');
}

/** Scripts may set styles where markup may not. */
function applyStyles(root: ParentNode): void {
  for (const element of root.querySelectorAll<HTMLElement>('[data-style]')) {
    element.style.cssText = element.dataset.style ?? '';
    delete element.dataset.style;
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
  return [...mail.querySelectorAll('x-style')].map((style) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(style.textContent);
    style.remove();
    return sheet;
  });
}

/** Shows an HTML mail inside `host` as a mail program would: its styles, nothing that runs. */
export function renderMail(host: HTMLElement, html: string): void {
  const mail = new DOMParser().parseFromString(disarmed(html), 'text/html');
  const shadow = host.shadowRoot ?? host.attachShadow({ mode: 'open' });
  shadow.adoptedStyleSheets = sheetsOf(mail);
  mail.querySelectorAll(FORBIDDEN).forEach((element) => {
    element.remove();
  });
  stripHandlers(mail);
  const frame = document.createElement('div');
  frame.style.cssText = mail.body.dataset.style ?? '';
  frame.append(...mail.body.childNodes);
  applyStyles(frame);
  shadow.replaceChildren(frame);
}
