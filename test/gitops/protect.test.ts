import { describe, expect, it } from 'vitest';
import { hasCascade, isKeptFrom, keep, syncOptionsAnnotation } from '../../lib/gitops/protect';

describe('an object is kept', () => {
  it.each([
    ['what this program writes', keep[syncOptionsAnnotation]],
    ['options with blanks', 'Replace=true, Prune=false'],
    ['a word that is waited for', 'Prune=confirm'],
    ['a list', ['CreateNamespace=true', 'Prune=false']],
  ])('by %s', (_, options) => {
    expect(isKeptFrom('Prune', options)).toBe(true);
  });

  it.each([
    ['nothing', undefined],
    ['an option of another name', 'Delete=false,NoPrune=false'],
    ['its opposite', 'Prune=true'],
    ['a longer word', 'Prune=falsely'],
  ])('not by %s', (_, options) => {
    expect(isKeptFrom('Prune', options)).toBe(false);
  });
});

it('knows the finalizer that takes everything along', () => {
  expect(hasCascade('resources-finalizer.argocd.argoproj.io')).toBe(true);
  expect(hasCascade(['foregroundDeletion', 'resources-finalizer.argocd.argoproj.io/background'])).toBe(true);
  expect([undefined, [], ['pre-delete-finalizer.argocd.argoproj.io']].some(hasCascade)).toBe(false);
});
