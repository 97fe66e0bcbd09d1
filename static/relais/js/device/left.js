// @ts-check
/** On the page after signing out: if no script of ours ran then, lock or erase now what was readable of that person. */

if (document.cookie.includes("relais_left=")) {
  import("./people.js").then(({ whoIsHere }) => whoIsHere(), () => {});
}
