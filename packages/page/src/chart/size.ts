import { useLayoutEffect, useRef, useState } from 'preact/hooks';

/** The width that an element has, for what is drawn into it. */
export function useWidth<Type extends HTMLElement>() {
  const element = useRef<Type>(null);
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    const { current } = element;
    if (current === null) return undefined;
    const measure = (): void => setWidth(Math.floor(current.clientWidth));
    const observer = new ResizeObserver(measure);
    observer.observe(current);
    measure();
    return () => observer.disconnect();
  }, []);
  return { element, width };
}
