/**
 * The pipeline from sources to a tree, loaded when a verb asks for it: constructs and validators take longer to load than a verb
 * takes that needs none of them.
 */
export const pipeline = () => import('./synthesis.js');
