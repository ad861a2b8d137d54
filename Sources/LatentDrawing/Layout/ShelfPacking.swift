/// Places boxes from left to right in rows of a given width.
struct ShelfPacking {
  /// The top left corner of each box.
  private(set) var origins: [Point] = []
  /// What all boxes together take.
  private(set) var extent = Extent(width: 0, height: 0)

  /// Boxes keep their order; a box wider than the width has a row of its own. O(boxes).
  init(_ extents: [Extent], width: Double, gap: Double) {
    var x = 0.0
    var y = 0.0
    var rowHeight = 0.0
    for box in extents {
      if x > 0, x + box.width > width {
        x = 0
        y += rowHeight + gap
        rowHeight = 0
      }
      origins.append(Point(x: x, y: y))
      rowHeight = max(rowHeight, box.height)
      extent.width = max(extent.width, x + box.width)
      extent.height = y + rowHeight
      x += box.width + gap
    }
  }
}
