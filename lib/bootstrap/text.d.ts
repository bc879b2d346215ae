/** A shell script, imported as its text. */
declare module '*.sh' {
  const text: string;
  export default text;
}

/** A script that runs in a pod, imported as its text. */
declare module '*.pod.mjs' {
  const text: string;
  export default text;
}
