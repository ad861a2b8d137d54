internal import LatentInference

/// Distributions over one axis: columns, or curves.
struct Figure {
  let series: [Series]
  /// What stands below the left and the right end of the axis.
  let ends: (low: String, high: String)

  /// Space for a figure in a box.
  static let height = 46.0
  static let axisHeight = 13.0

  /// Columns for the states of an ordered variable.
  static func histogram(
    _ labels: [String], _ distributions: [(probabilities: [Double], style: NetworkDrawing.Style)]
  ) -> Figure {
    let series = distributions.map {
      Series(form: .columns, heights: $0.probabilities, look: "class=\"\($0.style.columns)\"")
    }
    return Figure(series: narrowed(series), ends: (labels.first ?? "", labels.last ?? ""))
  }

  /// The densities of numbers.
  static func densities(
    _ distributions: [(distribution: NumberDistribution, style: NetworkDrawing.Style)]
  ) -> Figure {
    let axis = NumberAxis(distributions.map(\.distribution))
    let series = distributions.map { distribution, style in
      Series(
        form: axis.form, heights: axis.heights(of: distribution),
        look: "class=\"\(axis.isOfCounts ? style.columns : style.curve)\"")
    }
    return Figure(
      series: narrowed(series),
      ends: (Numerals.significant(axis.low, digits: 3), Numerals.significant(axis.high, digits: 3)))
  }

  /// Columns in front of others are narrower, so that both are seen.
  private static func narrowed(_ series: [Series]) -> [Series] {
    var series = series
    for index in series.indices.dropFirst() { series[index].columnWidth = 0.5 }
    return series
  }

  /// Draws the figure with its axis; `box` is the space above the axis.
  func write(in box: Box, to svg: inout SVGWriter) {
    let shared = series.allSatisfy { $0.form == .columns || $0.heights.count { $0 > 0 } > 1 }
    let top = series.reduce(0) { max($0, $1.heights.max() ?? 0) }
    for series in series {
      // An observed number has no density: its peak is as high as the figure.
      series.write(shared ? top : series.heights.max() ?? 0, in: box, to: &svg)
    }
    svg.addLine(
      from: Point(x: box.left, y: box.bottom), to: Point(x: box.right, y: box.bottom), class: "axis")
    let baseline = box.bottom + 10
    let room = box.extent.width / 2 - 4
    func fitted(_ text: String) -> String { TextWidth.fitted(text.line, to: room, size: SVGStyle.tickSize) }
    svg.addText(fitted(ends.low), class: "tick", at: Point(x: box.left, y: baseline))
    svg.addText(fitted(ends.high), class: "tick right", at: Point(x: box.right, y: baseline))
  }
}
