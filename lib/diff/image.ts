/** `18` of `reg.example.org:5000/postgresql:18.4-system-trixie@sha256:…`: the major version that the tag begins with. */
export function imageMajor(image: string): string | undefined {
  return /^(?:.*\/)?[^/:@]+:v?(\d+)/.exec(image)?.[1];
}
