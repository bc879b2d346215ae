/** `bootstrap/secrets.sh`: the same for every fleet. */
export { default as secretsScript } from './secrets.sh';
