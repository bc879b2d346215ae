/** Image of the stand-alone Element Call: nginx without rights, which listens on 8080 (its Dockerfile). */
export const callImage = 'ghcr.io/element-hq/element-call:v0.17.0';

/** Image of Maubot. */
export const maubotImage = 'dock.mau.dev/maubot/maubot:v0.6.0';
