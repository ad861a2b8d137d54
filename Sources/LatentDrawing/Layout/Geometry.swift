/// A point in a drawing: x grows to the right, y downwards, both in pixels.
struct Point: Hashable, Sendable {
  var x: Double
  var y: Double
}

/// How wide and how high something is, in pixels.
struct Extent: Hashable, Sendable {
  var width: Double
  var height: Double
}

/// A rectangle with upright sides.
struct Box: Hashable, Sendable {
  /// The corner at the top left.
  var origin: Point
  var extent: Extent

  var left: Double { origin.x }
  var right: Double { origin.x + extent.width }
  var top: Double { origin.y }
  var bottom: Double { origin.y + extent.height }

  func moved(by offset: Point) -> Box {
    Box(origin: Point(x: origin.x + offset.x, y: origin.y + offset.y), extent: extent)
  }
}

/// An edge of a graph whose vertices are numbered from 0.
struct Edge: Hashable, Sendable {
  let from: Int
  let to: Int
}

/// The line of an edge: cubic Bézier curves, each of which begins where the one before it ends.
struct Route: Hashable, Sendable {
  /// A curve with its two control points.
  struct Curve: Hashable, Sendable {
    var control1: Point
    var control2: Point
    var end: Point
  }

  var start: Point
  var curves: [Curve]

  func moved(by offset: Point) -> Route {
    func moved(_ point: Point) -> Point { Point(x: point.x + offset.x, y: point.y + offset.y) }
    return Route(
      start: moved(start),
      curves: curves.map {
        Curve(control1: moved($0.control1), control2: moved($0.control2), end: moved($0.end))
      })
  }
}
