/// One distribution over an axis.
struct Series {
  enum Form {
    /// Columns of equal width from one end of the axis to the other.
    case columns
    /// A line through points at equal distances from one end of the axis to the other.
    case curve
  }

  let form: Form
  /// How high it is at each place.
  let heights: [Double]
  /// The attributes of its shapes.
  let look: String
  /// The part of the width of a column that is filled.
  var columnWidth = 0.85

  /// Draws the series on the lower side of a box, in which `highest` is as high as the box.
  func write(_ highest: Double, in box: Box, to svg: inout SVGWriter) {
    guard highest > 0 else { return }
    switch form {
    case .columns: writeColumns(highest, in: box, to: &svg)
    case .curve: writeCurve(highest, in: box, to: &svg)
    }
  }

  private func writeColumns(_ highest: Double, in box: Box, to svg: inout SVGWriter) {
    let step = box.extent.width / Double(heights.count)
    for (index, height) in heights.enumerated() where height > 0 {
      let tall = height / highest * box.extent.height
      let left = box.left + (Double(index) + (1 - columnWidth) / 2) * step
      svg.addRectangle(
        Box(
          origin: Point(x: left, y: box.bottom - tall), extent: Extent(width: step * columnWidth, height: tall)), look)
    }
  }

  private func writeCurve(_ highest: Double, in box: Box, to svg: inout SVGWriter) {
    let step = box.extent.width / Double(heights.count - 1)
    let points = heights.enumerated().map { index, height in
      "\(number(box.left + Double(index) * step)) \(number(box.bottom - height / highest * box.extent.height))"
    }
    let ends = "L\(number(box.right)) \(number(box.bottom))"
    svg.add("<path \(look) d=\"M\(number(box.left)) \(number(box.bottom))L\(points.joined(separator: "L"))\(ends)\"/>")
  }
}
