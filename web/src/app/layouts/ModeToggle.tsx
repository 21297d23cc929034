import { Icon } from '~/shared/icons/Icon';
import { useColorMode, useColorModeDispatch } from '~/shared/state/colorMode';

export function ModeToggle() {
  const { mode } = useColorMode();
  const dispatch = useColorModeDispatch();
  return (
    <button
      type="button"
      className="top-mode"
      aria-label={mode === 'dark' ? 'Use light colours' : 'Use dark colours'}
      onClick={() => {
        dispatch({ type: 'toggled' });
      }}
    >
      <Icon name={mode === 'dark' ? 'sun' : 'moon'} />
    </button>
  );
}
