import { Outlet } from 'react-router';
import { MuiTheme } from '~/shared/ui/MuiTheme';

/** Around pages that use components on MUI; reading pages do without its weight. */
export function Component() {
  return (
    <MuiTheme>
      <Outlet />
    </MuiTheme>
  );
}
