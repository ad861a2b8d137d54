/// Computes the messages of a group of nodes from `value`, which holds their inputs and receives the messages.
///
/// - Returns: what the caller must know to keep products from underflowing.
public func sumProductForward(_ group: NodeGroup, value: UnsafeMutablePointer<Double>) -> MessageRange {
  switch group.states {
  case 1: productForward(group, value)
  case 2: forward(group, value, TwoStates.self)
  case 3: forward(group, value, ThreeStates.self)
  case 4: forward(group, value, FourStates.self)
  case 5: forward(group, value, FiveStates.self)
  case 6: forward(group, value, SixStates.self)
  default:
    switch group.inputs {
    case 1: forwardManyStates(group, value, One.self)
    case 2: forwardManyStates(group, value, Two.self)
    default: forwardManyStates(group, value, Three.self)
    }
  }
}

/// Sweeps the adjoints of a group's messages back to its inputs.
///
/// - belief: laid out like `value`; `belief[message]` is the posterior mass that the users of the message gave to each
///   of its cells. Each input receives the mass of its cells: for s with a positive message,
///   `belief[input] += (belief[message + s] / value[message + s]) · Π_k value[…]`.
public func sumProductBackward(
  _ group: NodeGroup, value: UnsafePointer<Double>, belief: UnsafeMutablePointer<Double>
) {
  switch group.states {
  case 1: productBackward(group, belief)
  case 2: backward(group, value, belief, TwoStates.self)
  case 3: backward(group, value, belief, ThreeStates.self)
  case 4: backward(group, value, belief, FourStates.self)
  case 5: backward(group, value, belief, FiveStates.self)
  case 6: backward(group, value, belief, SixStates.self)
  default:
    switch group.inputs {
    case 1: backwardManyStates(group, value, belief, One.self)
    case 2: backwardManyStates(group, value, belief, Two.self)
    default: backwardManyStates(group, value, belief, Three.self)
    }
  }
}

@inline(__always)
private func forward<States: StateVector>(
  _ group: NodeGroup, _ value: UnsafeMutablePointer<Double>, _: States.Type
) -> MessageRange {
  switch (group.varying, group.inputs - group.varying) {
  case (1, 0): forward(group, value, States.self, One.self, Zero.self)
  case (1, 1): forward(group, value, States.self, One.self, One.self)
  case (1, _): forward(group, value, States.self, One.self, Two.self)
  case (2, 0): forward(group, value, States.self, Two.self, Zero.self)
  case (2, _): forward(group, value, States.self, Two.self, One.self)
  default: forward(group, value, States.self, Three.self, Zero.self)
  }
}

@inline(__always)
private func backward<States: StateVector>(
  _ group: NodeGroup, _ value: UnsafePointer<Double>, _ belief: UnsafeMutablePointer<Double>, _: States.Type
) {
  switch (group.varying, group.inputs - group.varying) {
  case (1, 0): backward(group, value, belief, States.self, One.self, Zero.self)
  case (1, 1): backward(group, value, belief, States.self, One.self, One.self)
  case (1, _): backward(group, value, belief, States.self, One.self, Two.self)
  case (2, 0): backward(group, value, belief, States.self, Two.self, Zero.self)
  case (2, _): backward(group, value, belief, States.self, Two.self, One.self)
  default: backward(group, value, belief, States.self, Three.self, Zero.self)
  }
}

// In both sweeps the product of the inputs that do not depend on the separator is formed once a node, and so is the mass
// that they receive. One varying input alone has all of the separator in its scope, so that its cells stand end to end.

@inline(never)
private func forward<States: StateVector, Varying: FixedCount, Constant: FixedCount>(
  _ group: NodeGroup, _ value: UnsafeMutablePointer<Double>, _: States.Type, _: Varying.Type, _: Constant.Type
) -> MessageRange {
  let (varying, constant) = (Varying.value, Constant.value)
  let cells = group.cells
  let (offsets0, offsets1, offsets2) = (group.first.offsets, group.second.offsets, group.third.offsets)
  let (index0, index1, index2) = (group.first.index, group.second.index, group.third.index)
  var range = MessageRange()
  var out = value + group.message
  for node in 0..<group.count {
    let p0 = UnsafePointer(value + Int(offsets0[node]))
    let p1 = varying + constant > 1 ? UnsafePointer(value + Int(offsets1[node])) : p0
    let p2 = varying + constant > 2 ? UnsafePointer(value + Int(offsets2[node])) : p0
    var factor = States(repeating: 1)
    if constant > 0 { factor = States(at: varying > 1 ? p2 : p1) }
    if constant > 1 { factor = factor * States(at: p2) }
    for s in 0..<cells {
      var product = States(at: varying > 1 ? p0 + Int(index0[s]) : p0 + s &* States.count)
      if varying > 1 { product = product * States(at: p1 + Int(index1[s])) }
      if varying > 2 { product = product * States(at: p2 + Int(index2[s])) }
      if constant > 0 { product = product * factor }
      let sum = product.sum
      out[s] = sum
      range.include(sum)
    }
    out += cells
  }
  return range
}

@inline(never)
private func backward<States: StateVector, Varying: FixedCount, Constant: FixedCount>(
  _ group: NodeGroup, _ value: UnsafePointer<Double>, _ belief: UnsafeMutablePointer<Double>, _: States.Type,
  _: Varying.Type, _: Constant.Type
) {
  let (varying, constant) = (Varying.value, Constant.value)
  let cells = group.cells
  let (offsets0, offsets1, offsets2) = (group.first.offsets, group.second.offsets, group.third.offsets)
  let (index0, index1, index2) = (group.first.index, group.second.index, group.third.index)
  var message = group.message
  for node in 0..<group.count {
    let o0 = Int(offsets0[node])
    let o1 = varying + constant > 1 ? Int(offsets1[node]) : o0
    let o2 = varying + constant > 2 ? Int(offsets2[node]) : o0
    let constant0 = varying > 1 ? o2 : o1
    var factor = States(repeating: 1)
    if constant > 0 { factor = States(at: value + constant0) }
    if constant > 1 { factor = factor * States(at: value + o2) }
    var sum = States(repeating: 0)
    for s in 0..<cells {
      let mass = belief[message &+ s]
      if mass == 0 { continue }
      let scale = States(repeating: mass / value[message &+ s])
      let i0 = varying > 1 ? o0 &+ Int(index0[s]) : o0 &+ s &* States.count
      let i1 = varying > 1 ? o1 &+ Int(index1[s]) : i0
      let i2 = varying > 2 ? o2 &+ Int(index2[s]) : i0
      var part = States(at: value + i0) * (constant > 0 ? factor * scale : scale)
      if varying > 1 { part = part * States(at: value + i1) }
      if varying > 2 { part = part * States(at: value + i2) }
      if constant > 0 { sum = sum + part }
      part.add(to: belief + i0)
      if varying > 1 { part.add(to: belief + i1) }
      if varying > 2 { part.add(to: belief + i2) }
    }
    if constant > 0 { sum.add(to: belief + constant0) }
    if constant > 1 { sum.add(to: belief + o2) }
    message &+= cells
  }
}

/// The products of the inputs from three addresses on.
@inline(__always)
func product<States: StateVector>(
  _ q0: UnsafePointer<Double>, _ q1: UnsafePointer<Double>, _ q2: UnsafePointer<Double>, _ inputs: Int, _: States.Type
) -> States {
  var product = States(at: q0)
  if inputs > 1 { product = product * States(at: q1) }
  if inputs > 2 { product = product * States(at: q2) }
  return product
}

/// The sum over the states of a variable of the products of the inputs from three addresses on.
@inline(__always)
func sumOfProducts(
  _ q0: UnsafePointer<Double>, _ q1: UnsafePointer<Double>, _ q2: UnsafePointer<Double>, _ inputs: Int, states: Int
) -> Double {
  var sums = FourStates(repeating: 0)
  var rest = 0.0
  forEachVector(of: states) { x in
    sums = sums + product(q0 + x, q1 + x, q2 + x, inputs, FourStates.self)
  } one: { x in
    rest += product(q0 + x, q1 + x, q2 + x, inputs, OneState.self).sum
  }
  return sums.sum + rest
}

/// Adds the products of the inputs, times a factor, to what they receive.
@inline(__always)
func addProducts(
  _ factor: Double, _ i0: Int, _ i1: Int, _ i2: Int, _ inputs: Int, states: Int, _ value: UnsafePointer<Double>,
  _ belief: UnsafeMutablePointer<Double>
) {
  @inline(__always)
  func add<States: StateVector>(_ x: Int, _: States.Type) {
    let part =
      product(value + i0 + x, value + i1 + x, value + i2 + x, inputs, States.self) * States(repeating: factor)
    part.add(to: belief + i0 + x)
    if inputs > 1 { part.add(to: belief + i1 + x) }
    if inputs > 2 { part.add(to: belief + i2 + x) }
  }
  forEachVector(of: states) {
    add($0, FourStates.self)
  } one: {
    add($0, OneState.self)
  }
}

@inline(never)
private func forwardManyStates<Inputs: FixedCount>(
  _ group: NodeGroup, _ value: UnsafeMutablePointer<Double>, _: Inputs.Type
) -> MessageRange {
  var range = MessageRange()
  var out = value + group.message
  for node in 0..<group.count {
    for s in 0..<group.cells {
      let (i0, i1, i2) = group.positions(node: node, cell: s)
      let sum = sumOfProducts(value + i0, value + i1, value + i2, Inputs.value, states: group.states)
      out[s] = sum
      range.include(sum)
    }
    out += group.cells
  }
  return range
}

@inline(never)
private func backwardManyStates<Inputs: FixedCount>(
  _ group: NodeGroup, _ value: UnsafePointer<Double>, _ belief: UnsafeMutablePointer<Double>, _: Inputs.Type
) {
  var message = group.message
  for node in 0..<group.count {
    for s in 0..<group.cells {
      let mass = belief[message &+ s]
      if mass == 0 { continue }
      let (i0, i1, i2) = group.positions(node: node, cell: s)
      addProducts(mass / value[message &+ s], i0, i1, i2, Inputs.value, states: group.states, value, belief)
    }
    message &+= group.cells
  }
}
