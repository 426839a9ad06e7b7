/// The only script of the report: a read-out under the pointer. It takes its values from the paths that are drawn, so
/// nothing is stored twice; without it the page loses nothing else.
enum PageScript {
    static let javaScript = """
        "use strict";
        (() => {
          const extent = 2000;
          const points = path => {
            const list = []; let x = 0, y = 0, pen = false;
            for (const [, command, numbers] of path.getAttribute("d").matchAll(/([MLHV])([^MLHVZ]*)/g)) {
              const [a, b] = numbers.trim().split(" ").map(Number);
              if (command === "M") { x = a; y = b; pen = true; list.push(null); }
              if (command === "L") { x = a; y = b; }
              if (command === "H") x = a;
              if (command === "V") y = a;
              if (pen) list.push([x, y]);
            }
            return list;
          };
          const at = (list, x) => {
            for (let i = 1; i < list.length; i++) {
              const p = list[i - 1], q = list[i];
              if (p && q && p[0] <= x && x <= q[0] && q[0] > p[0]) return p[1] + (q[1] - p[1]) * (x - p[0]) / (q[0] - p[0]);
            }
            return null;
          };
          const short = value => {
            const size = Math.abs(value);
            return value.toFixed(size >= 100 ? 0 : size >= 10 ? 1 : 2);
          };
          for (const plot of document.querySelectorAll(".plot")) {
            let lines = null, box = null, cursor = null;
            const low = Number(plot.dataset.low), high = Number(plot.dataset.high), end = Number(plot.dataset.end);
            const words = plot.dataset.words ? plot.dataset.words.split("|") : null;
            const told = value => words ? words[Math.round(value)] : short(value) + " " + plot.dataset.unit;
            const leave = () => { box?.remove(); cursor?.remove(); box = cursor = null; };
            plot.addEventListener("pointerleave", leave);
            plot.addEventListener("pointercancel", leave);
            plot.addEventListener("pointermove", event => {
              lines ??= [...plot.querySelectorAll("path[data-name]")].reverse().map(p => [p.dataset.name, points(p)]);
              const frame = plot.getBoundingClientRect();
              const share = Math.min(1, Math.max(0, (event.clientX - frame.left) / frame.width));
              if (!box) {
                cursor = plot.appendChild(document.createElement("div")); cursor.className = "cursor";
                box = plot.appendChild(document.createElement("div")); box.className = "read-out";
              }
              cursor.style.left = share * 100 + "%";
              box.style.left = share < 0.5 ? "calc(" + share * 100 + "% + 10px)" : "auto";
              box.style.right = share < 0.5 ? "auto" : "calc(" + (1 - share) * 100 + "% + 10px)";
              box.replaceChildren();
              const say = text => { box.appendChild(document.createElement("div")).textContent = text; };
              say((share * end).toFixed(end < 1000 && plot.dataset.time !== "d" ? 1 : 0) + " " + plot.dataset.time);
              for (const [name, list] of lines) {
                const y = at(list, share * extent);
                if (y !== null) say(name + " " + told(high - y / extent * (high - low)));
              }
            });
          }
        })();
        """
}
