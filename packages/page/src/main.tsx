import { render } from 'preact';

import { App } from './app.tsx';
import { embedded } from './host/embedded.ts';
import { shown } from './state/view.ts';
import 'uplot/dist/uPlot.min.css';
import './style/tokens.css';
import './style/page.css';
import './style/verdict.css';
import './style/charts.css';
import './style/tables.css';

const root = document.querySelector('#page');
if (root !== null) render(<App />, root);
shown.value = await embedded();
