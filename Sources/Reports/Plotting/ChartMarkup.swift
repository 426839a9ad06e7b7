internal import RunRecords

/// Draws a chart as a figure. The lines are SVG stretched to the room there is; all text is HTML beside it, so it keeps
/// its size on a phone, on a wide screen and on paper.
struct ChartMarkup {
    let chart: Chart
    let events: NumberedEvents

    /// Widths for which marks are laid out apart, in pixels: the plot area of a wide page, of half of it, and of a phone.
    private static let wide = 940.0
    private static let half = 430.0
    private static let phone = 280.0

    var html: HTML {
        let axis = chart.valueAxis
        let time = chart.timeAxis
        let unit = chart.unit
        let axisTitle = unit.name.isEmpty ? chart.axisName : "\(chart.axisName), \(unit.name)"
        let heading: HTML =
            chart.size == .small ? "<h4>\(chart.title)<span>\(peak)</span></h4>" : "<h3>\(chart.title)</h3>"
        let says: HTML = chart.says.isEmpty ? .empty : "<p>\(chart.says)</p>"
        let hasLegend = chart.size != .small && (chart.naming == .legend || chart.naming == .letters)
        let legend: HTML = hasLegend ? self.legend : .empty
        let frame = [
            "frame", chart.naming == .ends ? "named" : nil, chart.words.isEmpty ? nil : "worded",
        ].compactMap { $0 }
        let timeName: HTML =
            chart.size == .small ? .empty : "<div class=\"x-name\">time since \(chart.timeOrigin), \(time.unit)</div>"
        return """
            <figure class="chart \(chart.size.rawValue)">
            <figcaption>\(heading)\(says)</figcaption>
            \(legend)<div class="y-name">\(axisTitle)</div>
            <div class="\(frame.joined(separator: " "))">
            <div class="plot" data-low="\(plain(axis.low))" data-high="\(plain(axis.high))" data-end="\(plain(time.end))" data-unit="\(unit.name)" data-words="\(chart.words.joined(separator: "|"))" data-time="\(chart.timeScale == .days ? "d" : "s")">
            \(picture(axis: axis, time: time))
            \(labels(axis: axis, time: time))\(marks(time: time))\(names(axis: axis, time: time))
            </div></div>\(timeName)
            </figure>

            """
    }

    private var peak: String {
        guard let line = chart.lines.first, let peak = line.trace.peak else { return "" }
        return "peak " + NumberText.quantity(peak.value, unit: line.trace.unit)
    }

    // MARK: Lines

    private func picture(axis: ValueAxis, time: TimeAxis) -> HTML {
        let names = chart.lines.map(\.name).joined(separator: ", ")
        let extent = Int(PathData.extent)
        let grid = axis.ticks.map { "M0 \(Int((axis.fraction($0) * PathData.extent).rounded()))H\(extent)" }.joined()
        let bands = chart.lines.filter { $0.hasBand || !$0.hasStroke }.map { line in
            let data = PathData.band(line.trace, time: time, axis: axis, divisor: chart.unit.divisor)
            return HTML(
                "<path class=\"\(line.hasStroke ? "band" : "band span") \(line.style.classes)\" d=\"\(data)\"/>")
        }
        // The first line is what the chart is about: it is drawn last, over the others.
        let strokes = chart.lines.filter(\.hasStroke).reversed().map { line in
            let data =
                switch line.shape {
                case .line: PathData.line(line.trace, time: time, axis: axis, divisor: chart.unit.divisor)
                case .steps: PathData.steps(line.trace, time: time, axis: axis, divisor: chart.unit.divisor)
                }
            let shape = line.shape == .steps ? "steps" : "line"
            return HTML(
                "<path class=\"line \(line.style.classes)\" data-name=\"\(line.name)\" data-shape=\"\(shape)\" d=\"\(data)\"/>"
            )
        }
        return """
            <svg viewBox="0 0 \(extent) \(extent)" preserveAspectRatio="none" role="img" aria-label="\(chart.title): \(names)">
            <path class="grid" d="\(grid)"/>\(bands)\(eventLines(time: time))\(Array(strokes))</svg>
            """
    }

    private func eventLines(time: TimeAxis) -> HTML {
        var data = ""
        var previous = -1
        for event in events.events where event.at <= time.end {
            let x = Int((time.fraction(event.at) * PathData.extent).rounded())
            guard x > previous else { continue }
            data += "M\(x) 0V\(Int(PathData.extent))"
            previous = x
        }
        return data.isEmpty ? .empty : "<path class=\"event\" d=\"\(data)\"/>"
    }

    // MARK: Text

    private func labels(axis: ValueAxis, time: TimeAxis) -> HTML {
        let values = axis.ticks.map { tick in
            HTML("<span class=\"y\" style=\"top:\(percent(axis.fraction(tick)))\">\(axis.label(tick))</span>")
        }
        let times = time.ticks.enumerated().map { index, tick in
            HTML(
                "<span class=\"x\(index.isMultiple(of: 2) ? "" : " odd")\" style=\"left:\(percent(time.fraction(tick)))\">\(time.label(tick))</span>"
            )
        }
        return HTML(joining: values + times, separator: "")
    }

    private func marks(time: TimeAxis) -> HTML {
        guard chart.size != .small, !events.events.isEmpty else { return .empty }
        let wide = marks(time: time, width: chart.size == .large ? Self.wide : Self.half)
        return
            "<div class=\"marks wide\">\(wide)</div><div class=\"marks narrow\">\(marks(time: time, width: Self.phone))</div>"
    }

    private func marks(time: TimeAxis, width: Double) -> [HTML] {
        events.marks(time: time, width: width).map { mark in
            let first = events.events[mark.first - 1]
            let hint =
                mark.first == mark.last
                ? "\(time.text(first.at)): \(first.subject) \(first.text)" : "events \(mark.label)"
            return "<span title=\"\(hint)\" style=\"left:\(percent(mark.place))\">\(mark.label)</span>"
        }
    }

    private var legend: HTML {
        let items = chart.lines.enumerated().map { index, line in
            let swatch: HTML =
                line.hasStroke
                ? "<path class=\"line \(line.style.classes)\" d=\"M0 6H28\"/>"
                : "<path class=\"band span \(line.style.classes)\" d=\"M0 1H28V11H0Z\"/>"
            let shade: HTML = line.hasBand ? "<path class=\"band \(line.style.classes)\" d=\"M0 1H28V11H0Z\"/>" : .empty
            return HTML(
                "<li><svg width=\"28\" height=\"12\" aria-hidden=\"true\">\(shade)\(swatch)</svg>\(letter(of: index))\(line.name)</li>"
            )
        }
        return "<ul class=\"legend\">\(items)</ul>\n"
    }

    private func letter(of line: Int) -> HTML {
        chart.naming == .letters
            ? "<b class=\"letter h-\(chart.lines[line].style.hue.rawValue)\">\(LineLetters.letter(line))</b>" : .empty
    }

    // MARK: Names at the lines

    private func names(axis: ValueAxis, time: TimeAxis) -> HTML {
        switch chart.naming {
        case .legend, .elsewhere: .empty
        case .ends: endNames(axis: axis)
        case .letters: letters(axis: axis, time: time)
        }
    }

    private func endNames(axis: ValueAxis) -> HTML {
        let divisor = chart.unit.divisor
        let ends = chart.lines.enumerated().compactMap { index, line in
            line.trace.mean.last(where: \.isFinite).map { (line: index, at: axis.fraction($0 / divisor)) }
        }
        let places = EndNames(ends).places
        let leaders = places.map { place in
            HTML(
                "<path class=\"line h-\(chart.lines[place.line].style.hue.rawValue) w-thin\" d=\"M0 \(units(place.end))L\(Int(PathData.extent)) \(units(place.name))\"/>"
            )
        }
        let texts = places.map { place in
            HTML(
                "<span class=\"name h-\(chart.lines[place.line].style.hue.rawValue)\" style=\"top:\(percent(place.name))\">\(chart.lines[place.line].name)</span>"
            )
        }
        let extent = Int(PathData.extent)
        return """
            <svg class="leaders" viewBox="0 0 \(extent) \(extent)" preserveAspectRatio="none" aria-hidden="true">\(leaders)</svg>\(texts)
            """
    }

    private func letters(axis: ValueAxis, time: TimeAxis) -> HTML {
        let divisor = chart.unit.divisor
        let lines = chart.lines.map { line in
            zip(line.trace.at, line.trace.mean).filter { $1.isFinite }.map {
                (x: time.fraction($0), y: axis.fraction($1 / divisor))
            }
        }
        let letters = LineLetters(lines).places.map { place in
            HTML(
                "<b class=\"letter h-\(chart.lines[place.line].style.hue.rawValue)\" style=\"left:\(percent(place.x));top:\(percent(place.y))\" aria-hidden=\"true\">\(LineLetters.letter(place.line))</b>"
            )
        }
        return HTML(joining: letters, separator: "")
    }

    private func units(_ fraction: Double) -> Int { Int((fraction * PathData.extent).rounded()) }

    private func percent(_ fraction: Double) -> String {
        let hundredths = Int((fraction * 10_000).rounded())
        let rest = hundredths % 100
        return rest == 0 ? "\(hundredths / 100)%" : "\(hundredths / 100).\(rest < 10 ? "0" : "")\(rest)%"
    }

    /// For the read-out script: a number that JavaScript parses.
    private func plain(_ value: Double) -> String {
        value == value.rounded() && value.magnitude < 1e15 ? String(Int(value)) : String(value)
    }
}
