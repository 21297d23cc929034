const NAMES = ['__Host-boxoffice_csrf', 'boxoffice_csrf'];

/** The double-submit token; its presence also says that a session cookie exists. */
export function csrfToken(cookies = document.cookie): string | null {
  for (const pair of cookies.split('; ')) {
    const [name, value] = pair.split('=', 2);
    if (name !== undefined && value !== undefined && NAMES.includes(name)) {
      return decodeURIComponent(value);
    }
  }
  return null;
}
