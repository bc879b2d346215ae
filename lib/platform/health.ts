/**
 * A health check for Ingresses where no controller publishes an address in them, as Argo CD waits for: the ESS chart can't leave its own
 * out, and its last hook waits until everything is healthy.
 */
export const ingressHealth: Readonly<Record<string, string>> = {
  'networking.k8s.io_Ingress': "return { status = 'Healthy', message = 'A proxy outside the cluster takes its place' }\n",
};

/**
 * Health checks, in Lua, of the kinds for which Argo CD has none, by `group_Kind`; without one, whatever exists is healthy
 * and no wave waits.
 */
export const healthChecks: Readonly<Record<string, string>> = {
  /**
   * Until its first sync an Application is underway, whatever it says of the objects that are there already: a wave neither
   * goes on because half of it is healthy nor fails because something is not, yet. After that it speaks for itself.
   */
  'argoproj.io_Application': `
local status = obj.status or {}
local health = status.health or {}
local synced = next(status.history or {}) ~= nil or (status.sync or {}).status == 'Synced'
if not synced or health.status == nil then
  return { status = 'Progressing', message = 'Waiting for its first sync' }
end
return { status = health.status, message = health.message or '' }
`.trimStart(),
  'postgresql.cnpg.io_Database': applied(),
  'postgresql.cnpg.io_DatabaseRole': applied(),
};

/** A failure comes first: CloudNativePG leaves `observedGeneration` as it was when it fails, and writes nothing before a primary runs. */
function applied(): string {
  return `
local status = obj.status or {}
if status.applied == false then
  return { status = 'Degraded', message = status.message or '' }
end
if status.applied == true and status.observedGeneration == obj.metadata.generation then
  return { status = 'Healthy', message = '' }
end
return { status = 'Progressing', message = 'Waiting for the database cluster' }
`.trimStart();
}
