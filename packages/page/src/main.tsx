import { render } from 'preact';

import { App } from './app.tsx';
import { embedded } from './host/embedded.ts';
import { listen } from './host/live.ts';
import { keepAddress } from './state/address.ts';
import { listenToKeys } from './state/keys.ts';
import { open } from './state/open.ts';
import { listenToPrinter } from './state/theme.ts';
import { settled, waiting } from './state/view.ts';
import './style/tokens.css';
import './style/page.css';
import './style/timeline.css';
import './style/controls.css';
import './style/verdict.css';
import './style/findings.css';
import './style/requests.css';
import './style/charts.css';
import './style/tables.css';
import './style/topology.css';
import './style/limits.css';
import './style/response.css';
import './style/print.css';

const root = document.querySelector('#page');
if (root !== null) render(<App />, root);
listenToKeys();
listenToPrinter();
const data = await embedded();
if (data !== undefined) open(data);
else if (location.protocol === 'file:') waiting.value = false;
else listen(() => (waiting.value = false));
keepAddress();
// After the first paint.
requestAnimationFrame(() => requestAnimationFrame(() => (settled.value = true)));
