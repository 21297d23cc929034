import { createTheme, type ThemeOptions } from '@mui/material/styles';

/** A palette entry of tokens: MUI computes nothing, so that light and dark stay a matter of CSS alone. */
function tone(main: string, wash: string, contrastText = 'var(--bg)') {
  return { main, dark: main, light: wash, contrastText };
}

const palette: ThemeOptions['palette'] = {
  primary: {
    main: 'var(--primary)',
    dark: 'var(--primary-strong)',
    light: 'var(--primary-wash)',
    contrastText: 'var(--on-primary)',
  },
  secondary: tone('var(--text)', 'var(--sunk)'),
  error: tone('var(--danger)', 'var(--danger-wash)'),
  warning: tone('var(--warning)', 'var(--warning-wash)'),
  success: tone('var(--success)', 'var(--success-wash)'),
  info: tone('var(--primary)', 'var(--primary-wash)', 'var(--on-primary)'),
  text: { primary: 'var(--text)', secondary: 'var(--muted)', disabled: 'var(--muted)' },
  background: { default: 'var(--bg)', paper: 'var(--surface)' },
  divider: 'var(--line)',
};

const ring = { outline: '2px solid var(--primary)', outlineOffset: 2 };

const components: ThemeOptions['components'] = {
  MuiButtonBase: { defaultProps: { disableRipple: true } },
  MuiInputBase: {
    styleOverrides: {
      root: {
        minHeight: 48,
        border: '1px solid var(--control)',
        borderRadius: 'var(--r-input)',
        background: 'var(--surface)',
        font: 'inherit',
        '&.Mui-focused': ring,
        '&.Mui-error': { borderColor: 'var(--danger)' },
        '&.Mui-disabled': { background: 'var(--sunk)' },
      },
      input: {
        height: 'auto',
        padding: '11px 14px',
        '&::placeholder': { color: 'var(--muted)', opacity: 1 },
      },
    },
  },
  MuiRadio: {
    styleOverrides: {
      root: {
        color: 'var(--control)',
        '&.Mui-checked': { color: 'var(--primary)' },
        '&.Mui-focusVisible': ring,
      },
    },
  },
  MuiCheckbox: {
    styleOverrides: {
      root: {
        color: 'var(--control)',
        '&.Mui-checked': { color: 'var(--primary)' },
        '&.Mui-focusVisible': ring,
      },
    },
  },
  MuiPaper: { styleOverrides: { root: { backgroundImage: 'none' } } },
  MuiDialog: {
    styleOverrides: {
      paper: {
        margin: 16,
        padding: 'clamp(24px, 5vw, 40px)',
        borderRadius: 'var(--r-sheet)',
        border: '1px solid var(--line)',
        background: 'var(--raised)',
        boxShadow: 'var(--float)',
      },
    },
  },
  MuiBackdrop: { styleOverrides: { root: { background: 'rgb(13 15 22 / 55%)' } } },
};

/** MUI dressed in our tokens. Only shared/ui may put its components on a page. */
export const muiTheme = createTheme({
  cssVariables: { nativeColor: true },
  palette,
  shape: { borderRadius: 10 },
  shadows: Array.from({ length: 25 }, () => 'none') as NonNullable<ThemeOptions['shadows']>,
  typography: {
    fontFamily: 'var(--body)',
    button: { textTransform: 'none', fontWeight: 600 },
  },
  transitions: { duration: { shortest: 120, shorter: 120, short: 160, standard: 200 } },
  components,
});
