// @ts-check
/**
 * The device's databases. One is of the device: who uses it, and its courses. Each person has one more,
 * with a random name: what they did, their papers and their state, encrypted.
 *
 * A change is done when its transaction is complete, with durability "strict": on disk, not only handed to the system.
 */

/** @typedef {{keyPath: string, index?: string}} Store */

const VERSION = 1;
const DEVICE = "relais-device";
const PERSON = "relais-p-";

/** @type {Record<string, Store>} */
const DEVICE_STORES = {
  people: { keyPath: "storeId" },
  courses: { keyPath: "course" },
  files: { keyPath: "path" },
  settings: { keyPath: "key" },
};
/** @type {Record<string, Store>} */
const PERSON_STORES = {
  outbox: { keyPath: "seq", index: "state" },
  papers: { keyPath: "attempt" },
  state: { keyPath: "key" },
  kept: { keyPath: "key" },
};

/** Connections of this page, by the name of the database. @type {Map<string, Promise<IDBDatabase>>} */
const connections = new Map();

/** Open the device's own database: people, courses, files, settings. @returns {Promise<IDBDatabase>} */
export function openDevice() {
  return connect(DEVICE, DEVICE_STORES);
}

/** Open the database of one person: outbox, papers, state, kept. @param {string} storeId @returns {Promise<IDBDatabase>} */
export function openPerson(storeId) {
  return connect(PERSON + storeId, PERSON_STORES);
}

/** Delete the database of one person, for good. @param {string} storeId @returns {Promise<void>} */
export async function deletePerson(storeId) {
  const name = PERSON + storeId;
  const open = connections.get(name);
  connections.delete(name);
  if (open) (await open).close();
  await new Promise((done, fail) => {
    const request = indexedDB.deleteDatabase(name);
    request.onsuccess = () => done(undefined);
    request.onerror = () => fail(request.error);
    // Another tab still writes: the browser deletes as soon as that one lets go, and it was asked to.
    request.onblocked = () => done(undefined);
  });
}

/**
 * Make one change to some stores; resolves once it is on disk, with what `change` returned.
 * `change` may be async as long as it waits for requests of this transaction only.
 * @template T
 * @param {IDBDatabase} db
 * @param {string | string[]} stores
 * @param {(transaction: IDBTransaction) => T | Promise<T>} change
 * @returns {Promise<T>}
 */
export function write(db, stores, change) {
  return new Promise((resolve, reject) => {
    const transaction = db.transaction(stores, "readwrite", { durability: "strict" });
    /** @type {T} */
    let result;
    /** @type {unknown} */
    let fault;
    transaction.oncomplete = () => resolve(result);
    transaction.onabort = () => reject(fault ?? transaction.error ?? new DOMException("aborted", "AbortError"));
    const stop = (/** @type {unknown} */ error) => {
      fault = error;
      try {
        transaction.abort();
      } catch {
        // It had ended already: the promise must not wait for it.
        reject(error);
      }
    };
    try {
      Promise.resolve(change(transaction)).then((value) => (result = value), stop);
    } catch (error) {
      stop(error);
    }
  });
}

/** Read one record. @param {IDBDatabase} db @param {string} store @param {IDBValidKey} key @returns {Promise<any>} */
export function read(db, store, key) {
  return answer(db.transaction(store).objectStore(store).get(key));
}

/** Read all records of a store, in the order of its key. @param {IDBDatabase} db @param {string} store @returns {Promise<any[]>} */
export function readAll(db, store) {
  return answer(db.transaction(store).objectStore(store).getAll());
}

/** Wait for one request. @template T @param {IDBRequest<T>} request @returns {Promise<T>} */
export function answer(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/** @param {string} name @param {Record<string, Store>} stores @returns {Promise<IDBDatabase>} */
function connect(name, stores) {
  const known = connections.get(name);
  if (known) return known;
  const opening = open(name, stores);
  connections.set(name, opening);
  const forget = () => connections.get(name) === opening && connections.delete(name);
  opening.then((db) => {
    db.onclose = forget;
    db.onversionchange = () => {
      // Somebody removes it, or a newer version of the site wants to change it: do not stand in the way.
      forget();
      db.close();
    };
  }, forget);
  return opening;
}

/** @param {string} name @param {Record<string, Store>} stores @returns {Promise<IDBDatabase>} */
function open(name, stores) {
  return new Promise((resolve, reject) => {
    // Private windows of some browsers have no indexedDB at all, or throw when it is touched.
    const request = indexedDB.open(name, VERSION);
    request.onupgradeneeded = () => build(request.result, stores);
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/** @param {IDBDatabase} db @param {Record<string, Store>} stores */
function build(db, stores) {
  for (const [name, { keyPath, index }] of Object.entries(stores)) {
    if (db.objectStoreNames.contains(name)) continue;
    const store = db.createObjectStore(name, { keyPath });
    if (index) store.createIndex(index, index);
  }
}
