// Entry of `npm start`: installs what is missing, then hands over to the supervisor in this same process.
import { installPackages } from './install-packages.mjs';

installPackages();
// One process, so there are no signals to forward and no exit code to carry over.
const { register } = await import('tsx/esm/api');
register();
await import('./main.ts');
