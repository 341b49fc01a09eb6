// Package layers holds code on the usual data layers, and what is to be found in it. It is a module of its own: nobody
// who uses nplusgone needs them.
package layers
