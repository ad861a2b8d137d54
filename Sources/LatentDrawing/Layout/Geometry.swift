/// A place in a drawing: x grows to the right, y downwards, both in pixels.
package struct Point: Hashable, Sendable {
  package var x: Double
  package var y: Double
}

/// How wide and how high something is, in pixels.
package struct Extent: Hashable, Sendable {
  package var width: Double
  package var height: Double

  package init(width: Double, height: Double) {
    self.width = width
    self.height = height
  }
}

/// A rectangle with upright sides.
package struct Box: Hashable, Sendable {
  /// The corner at the top left.
  package var origin: Point
  package var extent: Extent

  package var left: Double { origin.x }
  package var right: Double { origin.x + extent.width }
  package var top: Double { origin.y }
  package var bottom: Double { origin.y + extent.height }

  func moved(by offset: Point) -> Box {
    Box(origin: Point(x: origin.x + offset.x, y: origin.y + offset.y), extent: extent)
  }
}

/// An edge of a graph whose vertices are numbered from 0.
package struct Edge: Hashable, Sendable {
  package let from: Int
  package let to: Int

  package init(from: Int, to: Int) {
    self.from = from
    self.to = to
  }
}

/// The line of an edge: cubic Bézier curves, each of which begins where the one before it ends.
package struct Route: Hashable, Sendable {
  /// A curve with its two control points.
  package struct Curve: Hashable, Sendable {
    package var control1: Point
    package var control2: Point
    package var end: Point
  }

  package var start: Point
  package var curves: [Curve]

  func moved(by offset: Point) -> Route {
    func moved(_ point: Point) -> Point { Point(x: point.x + offset.x, y: point.y + offset.y) }
    return Route(
      start: moved(start),
      curves: curves.map {
        Curve(control1: moved($0.control1), control2: moved($0.control2), end: moved($0.end))
      })
  }
}
