// Package layers holds code on the usual data layers, and what is to be found in it. It is a module of its own:
// users of nplusgone do not need them.
package layers
