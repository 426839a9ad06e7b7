/// The style sheet of the report. Colours are variables: light and dark on a screen, always light on paper.
enum PageStyle {
    static let css = [variables, text, summary, tables, charts, lines, narrow, paper].joined()

    private static let variables = """
        :root{color-scheme:light dark;--page:#f4f5f7;--card:#fff;--ink:#16191d;--muted:#59626d;--rule:#dfe3e8;--grid:#e4e7eb;
        --blue:#0069a8;--vermilion:#c74e00;--orange:#b57a00;--green:#00805c;--purple:#a3468a;--grey:#6b7480;--sky:#1e8fc6;--wine:#7d1f47;
        --good:#00694b;--good-tint:#e3f4ee;--bad:#b03a00;--bad-tint:#fdece3;--open:#8a5d00;--open-tint:#fdf3dc;--event:#79828d}
        @media screen and (prefers-color-scheme:dark){:root{--page:#101317;--card:#191d23;--ink:#e9ecef;--muted:#a2abb6;
        --rule:#2d333b;--grid:#2b3138;--blue:#5bb8f0;--vermilion:#ff8648;--orange:#eab03a;--green:#35c79a;--purple:#e394c8;
        --grey:#9aa4b0;--sky:#a5dcff;--wine:#d5708f;--good:#4fd3a5;--good-tint:#12312a;--bad:#ff9a66;--bad-tint:#3a2016;--open:#f0c05a;--open-tint:#352a12;
        --event:#848e9a}}

        """

    private static let text = """
        *{box-sizing:border-box}
        html{-webkit-text-size-adjust:100%}
        body{margin:0;background:var(--page);color:var(--ink);font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif}
        main{max-width:1080px;margin:0 auto;padding:28px 24px 64px}
        h1{font-size:30px;line-height:1.2;margin:0 0 6px;overflow-wrap:anywhere}
        h2{font-size:19px;margin:36px 0 6px}
        h3{font-size:15px;margin:0}
        h4{font-size:13px;margin:0;font-weight:600;display:flex;justify-content:space-between;gap:8px}
        h4 span{font-size:11px;font-weight:400;color:var(--muted)}
        code,pre{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;font-size:.92em;overflow-wrap:anywhere}
        pre{background:var(--card);border:1px solid var(--rule);border-radius:8px;padding:10px 14px;margin:6px 0;white-space:pre-wrap}
        a{color:var(--blue)}
        .kicker{margin:0;color:var(--muted);font-size:13px;letter-spacing:.04em}
        .lead{margin:0 0 18px;font-size:17px;color:var(--muted);max-width:46em}
        .says{color:var(--muted);margin:0 0 8px;font-size:13.5px}

        """

    private static let summary = """
        .banner{display:flex;gap:14px;align-items:flex-start;border-radius:10px;padding:12px 18px;border:1px solid;font-size:17px}
        .banner .sign{font-size:22px;line-height:1.15;font-weight:700}
        .banner strong{font-weight:650}
        .banner ul{margin:4px 0 0;padding-left:18px;font-size:14.5px;color:var(--ink);overflow-wrap:anywhere}
        .banner.held{color:var(--good);background:var(--good-tint)}
        .banner.failed{color:var(--bad);background:var(--bad-tint)}
        .banner.interrupted{color:var(--open);background:var(--open-tint)}
        .tiles{display:grid;grid-template-columns:repeat(4,1fr);gap:10px;margin:14px 0 22px}
        .tiles div{background:var(--card);border:1px solid var(--rule);border-radius:10px;padding:9px 13px}
        .more{margin:-10px 0 22px}
        details.more summary{font-size:14px;font-weight:500;color:var(--muted);margin:0}
        .over{margin:8px 0 0;max-width:70em}
        .tiles dt{color:var(--muted);font-size:12.5px}
        .tiles dd{margin:0;font-size:21px;line-height:1.25;font-weight:620;font-variant-numeric:tabular-nums}
        .tiles dd.note{font-size:12.5px;font-weight:400;color:var(--muted)}

        """

    private static let tables = """
        table{border-collapse:separate;border-spacing:0;overflow:hidden;width:100%;font-size:14px;background:var(--card);border:1px solid var(--rule);border-radius:10px}
        th{text-align:left;font-weight:500;color:var(--muted);font-size:12.5px}
        th,td{padding:6px 12px;border-bottom:1px solid var(--rule);vertical-align:top}
        tr:last-child td{border-bottom:0}
        .number{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
        .verdict{white-space:nowrap;font-weight:620;color:var(--good)}
        .failed .verdict{color:var(--bad)}
        .undecided .verdict{color:var(--open)}
        tr.failed td{background:var(--bad-tint)}
        .wide-table{overflow-x:auto}
        .dated{white-space:normal}
        .dated span{white-space:nowrap}
        table.figures{margin:8px 0 14px}
        .figures th,.figures td{padding:5px 9px}
        .figures th{vertical-align:bottom;line-height:1.25}
        .figures th.number{white-space:normal}
        .figures td:first-child{white-space:nowrap}
        .figures td.way{white-space:normal;min-width:180px}
        .way .letter{margin-right:7px}
        .figures .swatch{margin-right:7px;vertical-align:-1px;overflow:visible}
        table.plain{width:auto;min-width:min(100%,420px)}
        table.plain td:first-child{color:var(--muted)}
        details summary{cursor:pointer;font-size:19px;font-weight:700;margin:36px 0 8px}
        .events ol{list-style:none;margin:0;padding:0;columns:2;column-gap:28px}
        .events h2{margin-top:14px}
        .events li{display:flex;gap:9px;align-items:baseline;break-inside:avoid;padding:2px 0;font-size:14px}
        .events .mark{flex:none}
        .events .at{flex:none;min-width:5.6em;text-align:right;font-variant-numeric:tabular-nums;color:var(--muted);white-space:nowrap}
        .events .what{overflow-wrap:anywhere}
        .events i{color:var(--muted);font-style:normal;font-size:12.5px}
        .mark,.marks span{display:inline-block;min-width:18px;height:18px;padding:0 5px;border-radius:9px;background:var(--ink);
        color:var(--card);font-size:11px;line-height:18px;font-weight:620;text-align:center;white-space:nowrap;font-variant-numeric:tabular-nums}

        """

    private static let charts = """
        .chart{margin:0;background:var(--card);border:1px solid var(--rule);border-radius:10px;padding:14px 16px 8px;break-inside:avoid;min-width:0}
        .chart figcaption p{margin:0;color:var(--muted);font-size:13.5px}
        .legend{list-style:none;display:flex;flex-wrap:wrap;gap:2px 18px;margin:5px 0 2px;padding:0;font-size:13px}
        .legend li{display:flex;align-items:center;gap:7px}
        .legend svg{flex:none;overflow:visible}
        .y-name{font-size:12px;color:var(--muted);margin-top:6px}
        .x-name{font-size:12px;color:var(--muted);text-align:center;padding-left:46px}
        .frame{padding:26px 12px 22px 46px}
        .plot{position:relative;height:330px;touch-action:pan-y}
        .plot>svg{position:absolute;inset:0;width:100%;height:100%;overflow:visible;display:block}
        .plot .y,.plot .x{position:absolute;font-size:12px;line-height:1;color:var(--muted);font-variant-numeric:tabular-nums;white-space:nowrap}
        .plot .y{right:100%;margin-right:8px;transform:translateY(-50%)}
        .plot .x{top:100%;margin-top:7px;transform:translateX(-50%)}
        .frame.worded{padding-left:104px}
        .frame.named{padding-right:118px}
        .plot>svg.leaders{left:100%;right:auto;width:20px}
        .plot .name{position:absolute;left:100%;margin-left:24px;transform:translateY(-50%);font-size:12.5px;line-height:1;font-weight:620;color:var(--hue);white-space:nowrap}
        .letter{display:inline-block;width:17px;height:17px;border:1.5px solid var(--hue);border-radius:9px;background:var(--card);color:var(--ink);
        font-size:10.5px;line-height:14px;font-weight:650;text-align:center}
        .plot .letter{position:absolute;transform:translate(-50%,-50%)}
        .bar{display:grid;grid-template-columns:200px 1fr;gap:10px;align-items:center;padding:2px 0}
        .bar span{font-size:12.5px;text-align:right;overflow-wrap:anywhere;line-height:1.2}
        .bar svg{width:100%;height:14px;display:block;overflow:visible;background:var(--grid);border-radius:3px}
        .truth{fill:var(--blue);stroke:none}
        .ticks{position:relative;height:16px;margin-left:210px}
        .ticks .x{position:absolute;top:3px;transform:translateX(-50%);font-size:12px;line-height:1;color:var(--muted);font-variant-numeric:tabular-nums}
        .states .x-name{padding-left:210px}
        .states{padding-right:24px}
        .look{margin:0 0 16px;padding-left:18px;font-size:14.5px;max-width:60em}
        .look-name{margin:0;font-size:13px;color:var(--muted)}
        .marks{position:absolute;left:0;right:0;top:-23px;height:18px}
        .marks span{position:absolute;transform:translateX(-50%)}
        .marks.narrow{display:none}
        .medium .plot{height:190px}
        .pair{display:grid;grid-template-columns:1fr 1fr;gap:14px}
        .trio{display:grid;grid-template-columns:repeat(3,1fr);gap:14px}
        .stack{display:grid;gap:14px}
        .stack,.trio{margin:6px 0 14px}
        .worlds{margin:14px 0}
        .many{display:grid;grid-template-columns:repeat(4,1fr);gap:8px}
        .small{padding:7px 9px 4px}
        .small .y-name{display:none}
        .small .frame{padding:9px 10px 16px 26px}
        .small .plot{height:84px}
        .small .plot .y,.small .plot .x{font-size:11px}
        .small .plot .y{margin-right:5px}
        .small .plot .x{margin-top:4px}
        .read-out{position:absolute;top:4px;z-index:2;pointer-events:none;background:var(--card);border:1px solid var(--rule);border-radius:7px;
        box-shadow:0 2px 10px #0003;padding:5px 9px;font-size:12px;line-height:1.45;white-space:nowrap;font-variant-numeric:tabular-nums}
        .cursor{position:absolute;top:0;bottom:0;width:1px;background:var(--ink);pointer-events:none}

        """

    private static let lines = """
        .grid{stroke:var(--grid);stroke-width:1;vector-effect:non-scaling-stroke;fill:none}
        .event{stroke:var(--event);stroke-width:1;stroke-opacity:.55;vector-effect:non-scaling-stroke;fill:none}
        .line{fill:none;stroke:var(--hue);stroke-width:1.6;stroke-linejoin:round;vector-effect:non-scaling-stroke}
        .band{fill:var(--hue);fill-opacity:.22;stroke:none}
        .band.span{fill-opacity:.15}
        .w-thin{stroke-width:1}.w-bold{stroke-width:2.4}
        .d-dashed{stroke-dasharray:7 4}.d-dotted{stroke-dasharray:2 3.5}.d-chain{stroke-dasharray:9 3 2 3}.d-long{stroke-dasharray:15 4}
        .h-blue{--hue:var(--blue)}.h-vermilion{--hue:var(--vermilion)}.h-orange{--hue:var(--orange)}.h-green{--hue:var(--green)}
        .h-purple{--hue:var(--purple)}.h-grey{--hue:var(--grey)}
        .h-ink{--hue:var(--ink)}.h-sky{--hue:var(--sky)}.h-wine{--hue:var(--wine)}

        """

    private static let narrow = """
        @media screen and (max-width:1000px){.trio{grid-template-columns:1fr 1fr}.figures{font-size:13px}.figures th{font-size:12px}
        .figures th,.figures td{padding:5px 6px}}
        @media screen and (max-width:760px){.trio{grid-template-columns:1fr}.frame.named{padding-right:106px}main{padding:18px 12px 48px}h1{font-size:25px}.lead{font-size:15.5px}
        .tiles{grid-template-columns:1fr 1fr;gap:8px}.tiles dd{font-size:18px}.banner{padding:10px 13px;font-size:15.5px}
        .pair{grid-template-columns:1fr}.bar{grid-template-columns:110px 1fr}.ticks{margin-left:120px}.states .x-name{padding-left:120px}.many{grid-template-columns:1fr 1fr}
        .chart{padding:11px 11px 7px}.small{padding:6px 7px 4px}.plot{height:250px}.frame{padding-left:42px;padding-right:8px}
        .large .odd{display:none}.marks.wide{display:none}.marks.narrow{display:block}
        .events ol{columns:1}
        .cards,.cards tbody,.cards td{display:block;border:0}.cards thead{display:none}
        .cards{background:none;border-radius:0}.cards tr{display:flex;flex-wrap:wrap;gap:0 10px;background:var(--card);border:1px solid var(--rule);border-radius:10px;padding:7px 12px;margin-bottom:8px}
        .cards td{padding:1px 0}.cards tr.failed,.cards tr.failed td{background:var(--bad-tint)}
        .cards td:nth-child(4){order:-1;margin-left:auto}.cards td:nth-child(-n+2){order:-2}
        .cards td:nth-child(3),.cards td:nth-child(5){width:100%}.cards td:nth-child(5){color:var(--muted);font-size:13.5px}}

        """

    private static let paper = """
        @media print{@page{margin:14mm 12mm}.events{break-inside:avoid}.says,.legend{break-after:avoid}body{background:#fff;font-size:10.5pt}main{max-width:none;padding:0}
        *{print-color-adjust:exact;-webkit-print-color-adjust:exact}h2{break-after:avoid}.plot{height:250px}.medium .plot{height:150px}
        .read-out,.cursor{display:none}tr,li,.tiles div,.banner{break-inside:avoid}.large .odd{display:none}
        .tiles{grid-template-columns:repeat(4,1fr)}}
        """
}
