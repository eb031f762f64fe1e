// Takes payments: a worker slot is held for as long as the bank takes.
import { asking, serve } from './service.mjs';

const bank = asking('payments -> bank', process.env['BANK_URL']);

serve(() => bank());
