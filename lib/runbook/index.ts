export { markdown } from './markdown';
export { runbookOf } from './runbook';
