/// The box of a variable.
struct SVGNode {
  private let card: NodeCard
  private let metrics: CardMetrics
  private let box: Box

  init(_ card: NodeCard, _ metrics: CardMetrics, _ box: Box) {
    self.card = card
    self.metrics = metrics
    self.box = box
  }

  /// Writes the box with a tooltip.
  func write(to svg: inout SVGWriter, title: String) {
    let roles = [
      card.isLatent ? " latent" : "", card.isFixed ? " fixed" : "", card.isObserved ? " observed" : "",
    ].joined()
    svg.add("<g class=\"node\(roles)\"><title>\(title.markup)</title>")
    if card.range != nil {
      for offset in [8.0, 4.0] {
        svg.addRectangle(box.moved(by: Point(x: offset, y: offset)), "rx=\"6\" class=\"box\"")
      }
    }
    svg.addRectangle(box, "rx=\"6\" class=\"box\"")
    if card.isFixed { svg.addRectangle(box.inset(by: 3), "rx=\"4\" class=\"inner\"") }
    let middle = box.left + box.extent.width / 2
    svg.addText(metrics.name, class: "name", at: Point(x: middle, y: box.top + 17))
    var baseline = box.top + CardMetrics.headHeight + 10
    if let figure = card.figure {
      let space = Box(
        origin: Point(x: box.left + CardMetrics.padding, y: box.top + CardMetrics.headHeight),
        extent: Extent(width: box.extent.width - 2 * CardMetrics.padding, height: Figure.height))
      figure.write(in: space, to: &svg)
      baseline += Figure.height + Figure.axisHeight + 3
    }
    for (label, row) in zip(metrics.labels, card.rows) {
      write(label, row, at: baseline, to: &svg)
      baseline += CardMetrics.rowHeight
    }
    for line in card.footer {
      svg.addText(line, class: "more", at: Point(x: box.left + CardMetrics.padding, y: baseline))
      baseline += CardMetrics.rowHeight
    }
    svg.add("</g>")
  }

  private func write(_ label: String, _ row: NodeCard.Row, at baseline: Double, to svg: inout SVGWriter) {
    svg.addText(label, class: "state", at: Point(x: box.left + CardMetrics.padding, y: baseline))
    let end = box.right - CardMetrics.padding
    if let aside = row.aside { svg.addText(aside, class: "right past", at: Point(x: end, y: baseline)) }
    guard let probability = row.probability else { return }
    let beforeRoom = metrics.beforeWidth > 0 ? metrics.beforeWidth + CardMetrics.gap : 0
    let right = end - beforeRoom - metrics.percentWidth - CardMetrics.gap
    // Wide boxes have wide bars, so that the columns of a box stay together.
    let left = box.left + CardMetrics.padding + metrics.labelWidth + CardMetrics.gap
    func bar(_ share: Double, from top: Double, height: Double) -> Box {
      Box(
        origin: Point(x: left, y: baseline - 8 + top), extent: Extent(width: share * (right - left), height: height))
    }
    svg.addRectangle(bar(1, from: 0, height: 8), "class=\"track\"")
    let height = row.before == nil ? 8.0 : 5
    if probability > 0 { svg.addRectangle(bar(probability, from: 0, height: height), "class=\"bar\"") }
    if let before = row.before {
      if before > 0 { svg.addRectangle(bar(before, from: height, height: 8 - height), "class=\"before\"") }
      svg.addText(Numerals.percentage(before), class: "right past", at: Point(x: end, y: baseline))
    }
    svg.addText(Numerals.percentage(probability), class: "right", at: Point(x: end - beforeRoom, y: baseline))
  }
}

/// The line of an edge with its arrowhead.
struct SVGEdge {
  private let route: Route

  init(_ route: Route) { self.route = route }

  /// Writes the line with a tooltip.
  func write(to svg: inout SVGWriter, title: String) {
    var path = "M" + Self.pair(route.start)
    for curve in route.curves {
      path += "C\(Self.pair(curve.control1)) \(Self.pair(curve.control2)) \(Self.pair(curve.end))"
    }
    svg.add("<g class=\"edge\"><title>\(title.markup)</title><path d=\"\(path)\" marker-end=\"url(#head)\"/></g>")
  }

  private static func pair(_ point: Point) -> String { "\(number(point.x)) \(number(point.y))" }
}

extension Box {
  /// The rectangle within, so far from each side.
  func inset(by distance: Double) -> Box {
    Box(
      origin: Point(x: left + distance, y: top + distance),
      extent: Extent(width: extent.width - 2 * distance, height: extent.height - 2 * distance))
  }
}
