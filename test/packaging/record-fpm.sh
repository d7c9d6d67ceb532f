#!/bin/sh
# Stands in for fpm, which makes .deb files: keeps what it was asked to pack under $RECORDED, by the place it would go to.
for word in "$@"; do
  case "$word" in
    *=/usr/*)
      mkdir -p "$RECORDED/$(dirname "${word#*=}")"
      cp "${word%%=*}" "$RECORDED/${word#*=}"
      ;;
  esac
done
